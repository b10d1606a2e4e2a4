using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// Ends what a process that was killed has left: the groups in its records, as far as they are proved ours. A process
/// that merely has a recorded number is nobody's business.
/// </summary>
/// <param name="records">Where they are written down.</param>
/// <param name="say">Gets a line about each program that is ended and each record that can't be used.</param>
internal sealed class GroupReaper(GroupRecords records, Action<string> say)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<string> _said = [];
    private readonly HashSet<ProcessIdentity> _asked = [];

    /// <summary>
    /// Asks them to end (TERM), and after <paramref name="grace"/> ends them (KILL), over and over until nothing is
    /// left, also of what lost its own starter by that.
    /// </summary>
    /// <param name="grace">How long they have.</param>
    /// <param name="limit">When to give up on what does not even die of KILL; its record stays.</param>
    /// <param name="cancellation">Ends it at once; nobody is killed for that.</param>
    /// <returns>Whether no orphan is left.</returns>
    public async Task<bool> ReapAsync(TimeSpan grace, TimeSpan limit, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var orphaned = records.Orphaned(SayOnce);
            var members = ProcessGroup.Members(
                [.. orphaned.Where(entry => entry.Record.IsOfThisBoot).Select(entry => entry.Record.Group)]);
            var left = 0;
            foreach (var entry in orphaned)
            {
                var living = OperatingSystem.IsLinux()
                    ? members.GetValueOrDefault(entry.Record.Group, [])
                    : LivingLeader(entry.Record);
                if (living.Count == 0)
                {
                    entry.Remove();
                }

                left += living.Count;
                foreach (var one in living)
                {
                    SayOnce(
                        $"Ending process {one.Pid} of {entry.Record.Program}: the dev host that started it (PID " +
                        $"{entry.Record.Owner.Pid}) was killed.");
                    End(one, clock.Elapsed < grace ? ProcessGroup.Terminate : ProcessGroup.Kill);
                }
            }

            if (left == 0 || clock.Elapsed > limit)
            {
                return left == 0;
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    // Without /proc there is no nonce to see: the number with its start time is the proof, and only a leader has one.
    private static List<ProcessIdentity> LivingLeader(GroupRecord record) =>
        record.Leader is { IsAlive: true } leader ? [leader] : [];

    private void End(ProcessIdentity member, int signal)
    {
        if (signal == ProcessGroup.Terminate && !_asked.Add(member))
        {
            return;
        }

        if (OperatingSystem.IsLinux() || (signal == ProcessGroup.Terminate && !OperatingSystem.IsWindows()))
        {
            ProcessGroup.Signal(member, signal);
            return;
        }

        try
        {
            using var process = Process.GetProcessById(member.Pid);
            if (member.IsAlive)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception
            or AggregateException)
        {
            // it ended by itself meanwhile
        }
    }

    private void SayOnce(string line)
    {
        if (_said.Add(line))
        {
            say(line);
        }
    }
}
