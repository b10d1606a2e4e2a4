using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Core.Machine;

/// <summary>Fields of Linux's <c>/proc/PID/stat</c>; proc_pid_stat(5).</summary>
/// <param name="Name">Name of the program, at most 15 bytes of it.</param>
/// <param name="State">One letter, e.g. R, S or Z.</param>
/// <param name="Parent">Parent's PID.</param>
/// <param name="Group">Process group id.</param>
/// <param name="Session">Session id; 0 when its leader is outside of our PID namespace, as in a container.</param>
/// <param name="Flags">The kernel's <c>PF_*</c>.</param>
/// <param name="CpuTicks">Clock ticks spent by it and by the children it has waited for.</param>
/// <param name="StartTicks">Start, in clock ticks since boot: no change of the clock touches it.</param>
/// <param name="ResidentPages">Memory in use.</param>
internal readonly record struct ProcStat(
    string Name,
    char State,
    int Parent,
    int Group,
    int Session,
    long Flags,
    long CpuTicks,
    long StartTicks,
    long ResidentPages)
{
    private const long KernelThread = 0x00200000; // PF_KTHREAD, linux/sched.h

    public bool IsDead => State is 'Z' or 'X';

    /// <summary>A thread of the kernel, which has no environment either.</summary>
    public bool IsOfTheKernel => (Flags & KernelThread) != 0;

    /// <summary>Null when there is no such process.</summary>
    public static ProcStat? Read(int pid) =>
        ProcFile.Read(pid, "stat") is { Length: > 0 } bytes ? Parse(Encoding.UTF8.GetString(bytes)) : null;

    /// <summary>All processes there are, with their PIDs.</summary>
    public static IEnumerable<(int Pid, ProcStat Stat)> ReadAll()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(
                    Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid
                ) && Read(pid) is { } stat)
            {
                yield return (pid, stat);
            }
        }
    }

    private static ProcStat? Parse(string text)
    {
        // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
        var start = text.IndexOf('(', StringComparison.Ordinal);
        var end = text.LastIndexOf(')');
        var fields = end < 0 ? [] : text[(end + 2)..].Split(' ');
        return fields.Length < 22
            ? null
            : new ProcStat(
                text[(start + 1)..end],
                fields[0][0],
                (int)Number(fields[1]),
                (int)Number(fields[2]),
                (int)Number(fields[3]),
                Number(fields[6]),
                fields[11..15].Sum(Number),
                Number(fields[19]),
                Number(fields[21]));
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
