using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>
/// Very many children, and very many lines: nothing grows, nothing is lost. Alone, because it counts what the whole
/// process holds.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
[Collection(typeof(EnduranceTests))]
[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class EnduranceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ParallelOptions InParallel => new() { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation };

    private GroupRecords Records => new(_folder["groups"]);

    [Fact]
    public async Task A_thousand_starts_and_stops_leave_memory_handles_and_threads_as_they_were()
    {
        Task CyclesAsync(int count) => Parallel.ForAsync(0, count, InParallel, async (_, _) =>
        {
            await using var process = ManagedProcess.Start(Sh.Script("sleep 300"), _ => { }, Records);
            await process.StopAsync(TimeSpan.FromSeconds(5));
        });

        await CyclesAsync(100);
        var before = Held.Now();

        await CyclesAsync(1000);

        var after = Held.Now();
        Assert.InRange(after.Memory - before.Memory, long.MinValue, 1024 * 1024);
        Assert.InRange(after.Handles - before.Handles, int.MinValue, 25);
        Assert.InRange(after.Threads - before.Threads, int.MinValue, 25);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["groups"]));
    }

    [Fact]
    public async Task Thousands_of_last_words_arrive()
    {
        var lost = 0;
        await Parallel.ForAsync(0, 3_000, InParallel, async (number, _) =>
        {
            var said = "";
            await using var process = ManagedProcess.Start(
                new ProcessSpec("/bin/echo", ["-n", $"{number}"], "/"), line => said += line.Text);
            if (await process.Exited != 0 || said != $"{number}")
            {
                Interlocked.Increment(ref lost);
            }
        });

        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task Fifty_at_once_are_started_and_stopped_together()
    {
        var ready = new CountdownEvent(50);
        var asked = Directory.CreateDirectory(_folder["asked"]).FullName;
        const string EndsWhenAllAreAsked =
            "trap 'touch \"$1/$$\"; until [ $(ls \"$1\" | wc -l) = 50 ]; do sleep 0.1; done; exit 0' TERM; echo " +
            "ready; while :; do sleep 0.02; done";
        var children = Enumerable.Range(0, 50).Select(
            _ => ManagedProcess.Start(Sh.Script(EndsWhenAllAreAsked, asked), Count, Records)).ToList();
        await Task.Run(() => ready.Wait(Cancellation), Cancellation);
        Assert.Equal(50, Directory.EnumerateFiles(_folder["groups"], "*.group").Count());

        await Task.WhenAll(children.Select(child => child.StopAsync(Limits.Wait)));

        Assert.All(children, child => Assert.Null(ProcessIdentity.Of(child.Id)));
        // not killed after the grace
        Assert.All(await Task.WhenAll(children.Select(child => child.Exited)), exitCode => Assert.Equal(0, exitCode));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["groups"]));
        await Task.WhenAll(children.Select(child => child.DisposeAsync().AsTask()));

        void Count(OutputLine line)
        {
            if (line.Text == "ready") // a shell may have more to say when its sleep is ended
            {
                ready.Signal();
            }
        }
    }

    [Fact]
    public async Task Two_million_lines_are_all_counted_and_memory_stays_flat()
    {
        const int Lines = 2_000_000;
        const string Line = "a line as long as lines of a log are, which is about eighty characters or so";
        var count = 0;
        var most = 0L;
        var before = Held.Now().Memory;

        await ToolRunner.RunAsync(Sh.Script("yes \"$1\" 2>/dev/null | head -n \"$2\"", Line, $"{Lines}"), line =>
        {
            if (++count % 100_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }, Cancellation);

        Assert.Equal(Lines, count);
        Assert.InRange(most - before, long.MinValue, 16 * 1024 * 1024); // of 150 MiB that go through
    }

    public void Dispose() => _folder.Dispose();

    private sealed record Held(long Memory, int Handles, int Threads)
    {
        public static Held Now()
        {
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return new Held(
                GC.GetTotalMemory(forceFullCollection: true),
                Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
                Directory.EnumerateDirectories("/proc/self/task").Count());
        }
    }
}
