using System.Globalization;

namespace Omniview.Plugin.Core.Machine;

/// <summary>
/// The time since the machine was started, in the unit in which Linux tells when a process was (proc_uptime(5),
/// proc_pid_stat(5)).
/// </summary>
internal static class Uptime
{
    public const long TicksPerSecond = 100; // USER_HZ, which is 100 on every architecture .NET runs on

    /// <summary>Linux only.</summary>
    public static long Ticks() =>
        ProcText() is { } text
            && double.TryParse(text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? (long)(seconds * TicksPerSecond)
            : 0;

    private static string? ProcText()
    {
        try
        {
            return File.ReadAllText("/proc/uptime");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
