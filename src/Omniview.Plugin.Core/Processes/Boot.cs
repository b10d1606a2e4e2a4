namespace Omniview.Plugin.Core.Processes;

/// <summary>This run of the machine. PIDs and start ticks of an earlier one mean nothing.</summary>
internal static class Boot
{
    /// <summary>Linux's boot id; empty elsewhere, where a process's start is a date.</summary>
    public static string Id { get; } = OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";
}
