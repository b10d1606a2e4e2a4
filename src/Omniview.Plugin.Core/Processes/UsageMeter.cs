using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>Measures one child and what shares its session; CPU shares are between one look and the next.</summary>
internal sealed class UsageMeter(Process leader, ProcessIdentity identity)
{
    // over less, one clock tick would be a large share
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _cpu;
    private double _percent;

    /// <summary>Costs one look at each process of the machine, and no fork.</summary>
    public ProcessUsage Read()
    {
        var (state, cpu, members) = OperatingSystem.IsLinux() ? ReadSession() : ReadLeader();
        if (members.Count == 0)
        {
            return ProcessUsage.None(identity.Pid);
        }

        lock (_lock)
        {
            var elapsed = Stopwatch.GetElapsedTime(_since);
            if (elapsed >= ShortestInterval)
            {
                // the time of a member that nobody waited for is gone with it
                _percent = 100 * Math.Max(0, (cpu - _cpu) / elapsed);
                (_since, _cpu) = (Stopwatch.GetTimestamp(), cpu);
            }

            return new ProcessUsage(
                identity.Pid, state, _percent, cpu.TotalSeconds, members.Sum(member => member.ResidentBytes), members);
        }
    }

    /// <summary>A letter of proc_pid_stat(5).</summary>
    internal static ProcessState StateOf(char letter) => letter switch
    {
        'R' => ProcessState.Running,
        'S' => ProcessState.InterruptibleSleep,
        'D' => ProcessState.UninterruptibleSleep,
        'T' => ProcessState.Stopped,
        't' => ProcessState.TracingStop,
        'Z' => ProcessState.Zombie,
        'X' or 'x' => ProcessState.Dead,
        'I' => ProcessState.Idle,
        'P' => ProcessState.Parked,
        'W' or 'K' => ProcessState.Waking,
        _ => ProcessState.Unknown,
    };

    private (ProcessState State, TimeSpan Cpu, List<MemberUsage> Members) ReadSession()
    {
        if (ProcStat.Read(identity.Pid) is not { } own || own.StartTicks != identity.StartTicks)
        {
            return (ProcessState.NotFound, TimeSpan.Zero, []);
        }

        var session = Containment.HasGroups
            ? ProcStat.ReadAll().Where(process => process.Stat.Session == identity.Pid).ToList()
            : [];
        if (session.Count == 0)
        {
            session = [(identity.Pid, own)]; // it is not past setsid yet
        }

        return (
            StateOf(own.State),
            TimeSpan.FromSeconds((double)session.Sum(process => process.Stat.CpuTicks) / Uptime.TicksPerSecond),
            [
                .. session.Select(process => new MemberUsage(
                    process.Pid,
                    process.Stat.Name,
                    StateOf(process.Stat.State),
                    process.Stat.ResidentPages * Environment.SystemPageSize)),
            ]);
    }

    private (ProcessState State, TimeSpan Cpu, List<MemberUsage> Members) ReadLeader()
    {
        try
        {
            leader.Refresh();
            return (
                ProcessState.Running,
                leader.TotalProcessorTime,
                [new MemberUsage(identity.Pid, leader.ProcessName, ProcessState.Running, leader.WorkingSet64)]);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return (ProcessState.NotFound, TimeSpan.Zero, []); // it has ended
        }
    }
}
