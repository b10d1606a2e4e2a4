using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Omniview.Plugin.TestWatchdog;

/// <summary>
/// The test project's process and all that came from it: its descendants, and whoever carries its mark in the
/// environment, as those do that have left their parent, group and session.
/// </summary>
internal sealed class Family(int root, string mark)
{
    public const string Variable = "OVP_TEST_RUN";

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    /// <summary>Those that live, the eldest first.</summary>
    public IReadOnlyList<Relative> Members()
    {
        var needle = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<(
            Relative Process, byte[] Environment)>().ToList();
        var members = all.Where(one => one.Process.Pid == root || one.Environment.AsSpan().IndexOf(needle) >= 0)
            .Select(one => one.Process).ToList();
        var pids = members.Select(member => member.Pid).ToHashSet();
        for (var before = 0; before < members.Count;)
        {
            before = members.Count;
            members.AddRange(
                all.Select(one => one.Process).Where(one => pids.Contains(one.Parent) && pids.Add(one.Pid)));
        }

        return members;
    }

    /// <summary>kill -9 for all, until no new one has come in between.</summary>
    public void Kill()
    {
        for (
            var patience = Stopwatch.StartNew();
            Members() is { Count: > 0 } members && patience.Elapsed < KillLimit;
            Thread.Sleep(20))
        {
            foreach (var member in members)
            {
                Kill(member.Pid);
            }
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // it has ended
        }
    }

    /// <summary>Null for what is no process, has ended, or is another user's.</summary>
    private static (Relative Process, byte[] Environment)? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        try
        {
            // the name before it may hold anything, proc_pid_stat(5)
            var stat = File.ReadAllText($"{folder}/stat").Split(") ")[^1].Split(' ');
            var command = File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ').TrimEnd();
            return stat[0] is "Z" or "X"
                ? null
                : (
                    new Relative(pid, int.Parse(stat[1], CultureInfo.InvariantCulture), command),
                    File.ReadAllBytes($"{folder}/environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
