using System.Globalization;

namespace Omniview.Plugin.Core.Processes;

/// <summary>The fields of Linux's <c>/proc/PID/stat</c> that identify a process; proc_pid_stat(5).</summary>
/// <param name="State">One letter, e.g. R, S or Z.</param>
/// <param name="Parent">Parent's PID.</param>
/// <param name="Group">Process group id.</param>
/// <param name="StartTicks">Start, in clock ticks since boot.</param>
internal readonly record struct ProcStat(char State, int Parent, int Group, long StartTicks)
{
    public bool IsDead => State is 'Z' or 'X';

    /// <summary>Null when there is no such process.</summary>
    public static ProcStat? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
        var end = text.LastIndexOf(')');
        var fields = end < 0 ? [] : text[(end + 2)..].Split(' ');
        return fields.Length < 20
            ? null
            : new ProcStat(
                fields[0][0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
