using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Omniview.Plugin.TestWatchdog;

/// <summary>One run of a test project under the watchdog.</summary>
/// <param name="silence">How long no test may begin or end.</param>
/// <param name="limit">How long the run may take.</param>
internal sealed class WatchedRun(TimeSpan silence, TimeSpan limit)
{
    private const int TimedOut = 124; // as timeout(1) has it
    private const int Ended = 143;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _leavingLimit = silence / 15;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly HashSet<TestUnderWay> _told = [];
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The command's exit code, or 1 when it left processes behind, or 124 when it was ended.</summary>
    public async Task<int> RunAsync(string command, IEnumerable<string> arguments)
    {
        // the runner got it too, and ends
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ask);
        var folder = Directory.CreateTempSubdirectory("ovp-watchdog-").FullName;
        var journal = Path.Combine(folder, "journal");
        try
        {
            using var reader = new TestJournalReader(journal);
            var mark = Guid.NewGuid().ToString("N");
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments)
                {
                    Environment = { [Family.Variable] = mark, ["OVP_TEST_JOURNAL"] = journal },
                }
            )!;
            var family = new Family(process.Id, mark);
            try
            {
                return await WatchAsync(process, family, reader);
            }
            finally
            {
                family.Kill();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Ask(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.TrySetResult();
    }

    private async Task<int> WatchAsync(Process process, Family family, TestJournalReader journal)
    {
        var exited = process.WaitForExitAsync();
        TimeSpan? lastNews = null; // until the first test begins only the limit counts
        while (await Task.WhenAny(exited, _asked.Task, Task.Delay(Interval)) is var first && first != exited)
        {
            if (first == _asked.Task)
            {
                return Ended;
            }

            var now = _clock.Elapsed;
            lastNews = journal.Read(now) ? now : lastNews;
            if (now > limit || now - lastNews > silence)
            {
                await Console.Out.WriteLineAsync(now > limit
                    ? $"watchdog: the test project has taken {Text(limit)}, and is ended."
                    : $"watchdog: no test has begun or ended for {Text(silence)}, and the test project is ended. " +
                        $"The last that ended: {journal.LastEnded ?? "none"}");
                Tell(family, journal.UnderWay);
                return TimedOut;
            }

            var overdue = journal.UnderWay.Where(test => IsOverdue(test, now) && _told.Add(test)).ToList();
            if (overdue.Count > 0)
            {
                await Console.Out.WriteLineAsync("watchdog: a test is about to meet its limit.");
                Tell(family, overdue);
            }
        }

        return await LeaveAsync(family) ? process.ExitCode : Math.Max(process.ExitCode, 1);
    }

    private static bool IsOverdue(TestUnderWay test, TimeSpan now) =>
        now - test.Began > test.Limit - (test.Limit > 2 * LastMoments ? LastMoments : test.Limit / 2);

    /// <summary>After the end of the tests: what they started has to end soon, too.</summary>
    private async Task<bool> LeaveAsync(Family family)
    {
        var patience = Stopwatch.StartNew();
        while (family.Members() is { Count: > 0 } members)
        {
            if (patience.Elapsed > _leavingLimit)
            {
                await Console.Out.WriteLineAsync(
                    $"watchdog: these processes were left behind:\n{string.Join('\n', members)}");
                return false;
            }

            await Task.Delay(Interval / 5);
        }

        return true;
    }

    private void Tell(Family family, IReadOnlyCollection<TestUnderWay> tests)
    {
        Console.WriteLine(tests.Count == 0 ? "No test is under way." : "Under way:");
        foreach (var test in tests)
        {
            Console.WriteLine($"  {test.Name} ({Text(_clock.Elapsed - test.Began)}, its limit is {Text(test.Limit)})");
        }

        var members = family.Members();
        Console.WriteLine($"Processes:\n  {string.Join("\n  ", members)}");
        foreach (var member in members.Where(member => member.IsDotnet))
        {
            Console.WriteLine($"\n=== {member}");
            StackReport.Print(member.Pid);
        }

        Console.WriteLine();
    }

    private static string Text(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0} s" : $"{time.TotalMinutes:0} min";
}
