using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Machine;

/// <summary>A process that can't be confused with a later one of the same number.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Linux: clock ticks since boot; elsewhere the start time in units of 100 ns, UTC.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    /// <summary>The process that has this number now, or null when none has.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcStat.Read(pid) is { IsDead: false } stat ? new ProcessIdentity(pid, stat.StartTicks) : null;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : new ProcessIdentity(pid, process.StartTime.ToUniversalTime().Ticks);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    [JsonIgnore]
    public bool IsAlive => Of(Pid) == this;
}
