namespace Omniview.Plugin.Core.Machine;

/// <summary>This run of the machine. PIDs and start ticks of an earlier one mean nothing.</summary>
internal static class Boot
{
    /// <summary>
    /// Linux's boot id; empty elsewhere, where a process's start is a date, and in sandboxes that have none.
    /// </summary>
    public static string Id { get; } = Read();

    private static string Read()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
