using System.Globalization;
using System.Runtime.InteropServices;

namespace Omniview.Plugin.Core.Processes;

/// <summary>The processes that share one group id, and how to signal them without hitting a stranger.</summary>
internal static partial class ProcessGroup
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>Signals the whole group. Only for a group whose leader has not been reaped: its number can't be anyone else's.</summary>
    public static void Signal(int group, int signal) => _ = SysKill(-group, signal);

    public static void SignalProcess(int process, int signal) => _ = SysKill(process, signal);

    /// <summary>
    /// The living members of a group that carry our nonce, so that a recycled group id never leads to a foreign process.
    /// Linux only: elsewhere empty.
    /// </summary>
    public static List<int> Members(int group, string nonce)
    {
        var members = new List<int>();
        if (!OperatingSystem.IsLinux())
        {
            return members;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcStat.Read(pid) is { } stat
                && stat.Group == group
                && !stat.IsDead
                && CarriesNonce(pid, nonce))
            {
                members.Add(pid);
            }
        }

        return members;
    }

    private static bool CarriesNonce(int pid, string nonce)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{pid}/environ");
            return environment.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"{Containment.NonceVariable}={nonce}")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SysKill(int process, int signal);
}
