using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>Ends a child and what came from it.</summary>
/// <param name="process">The child.</param>
/// <param name="id">Its number, also after its end.</param>
/// <param name="leader">Its handle, to signal no other with its number; null when it had ended before, or on
/// Windows.</param>
/// <param name="group">The child and its descendants.</param>
/// <param name="endsOwnChildren">Its descendants are asked by the child itself, not by us.</param>
/// <param name="ended">The child's end.</param>
/// <param name="job">What holds it and them on Windows.</param>
internal sealed class ProcessTermination(
    Process process,
    int id,
    ProcessHandle? leader,
    ProcessGroup group,
    bool endsOwnChildren,
    Task ended,
    WindowsJob? job)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(5);
    // it means a look at each process of the machine
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(3);

    /// <summary>
    /// First TERM, once for each, after the grace KILL. True when they are gone; false when one does not even die of
    /// KILL.
    /// </summary>
    /// <param name="thorough">Also what has left the group, when the child has ended.</param>
    public async Task<bool> RunAsync(TimeSpan grace, bool thorough)
    {
        var clock = Stopwatch.StartNew();
        var members = new HashSet<ProcessIdentity>();
        var leaderAsked = false;
        var poll = FirstPoll;
        while (true)
        {
            // Before the leader is signalled: while it lives it proves its session to be ours.
            var leaderRuns = !ended.IsCompleted;
            var others = thorough || leaderRuns || !group.IsEmpty
                ? group.Members(members).Where(member => member.Pid != id).ToList()
                : [];
            var left = grace - clock.Elapsed;
            var signal = left > TimeSpan.Zero ? ProcessGroup.Terminate : ProcessGroup.Kill;
            if (leaderRuns && (signal == ProcessGroup.Kill || !leaderAsked))
            {
                leaderAsked = true;
                SignalLeader(signal);
            }

            var asked = endsOwnChildren && leaderRuns && signal == ProcessGroup.Terminate ? [] : others;
            foreach (var member in asked.Where(member => members.Add(member) || signal == ProcessGroup.Kill))
            {
                ProcessGroup.Signal(member, signal);
            }

            if (!leaderRuns && others.Count == 0)
            {
                return true;
            }

            if (-left > KillLimit)
            {
                return false;
            }

            // The members are looked for again only when the leader has had its time: most go with it.
            poll = poll < SlowestPoll ? poll * 2 : SlowestPoll;
            var pause = leaderRuns && left > poll ? left : poll;
            await (leaderRuns ? Task.WhenAny(ended, Task.Delay(pause)) : Task.Delay(pause));
        }
    }

    private void SignalLeader(int signal)
    {
        try
        {
            if (OperatingSystem.IsWindows() && job is not null)
            {
                job.Terminate();
            }
            else if (OperatingSystem.IsWindows() || (signal == ProcessGroup.Kill && !Containment.HasGroups))
            {
                process.Kill(entireProcessTree: true);
            }
            else if (leader is not null)
            {
                ProcessGroup.Signal(leader, signal);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended by itself meanwhile
        }
    }
}
