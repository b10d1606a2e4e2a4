using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Omniview.Plugin.Core.Processes;

/// <summary>The processes that share one group id, and how to signal them without hitting a stranger.</summary>
internal static partial class ProcessGroup
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>
    /// The living members of a group that carry our nonce, so that a recycled group id never leads to a foreign process.
    /// Linux only: elsewhere empty.
    /// </summary>
    public static List<int> Members(int group, string nonce)
    {
        var members = new List<int>();
        if (!OperatingSystem.IsLinux() || SysKill(-group, 0) != 0) // no such group: most ends are clean and cost no search
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

    /// <summary>Signals a process that carries our nonce; another that has got its number meanwhile is left alone.</summary>
    public static void SignalMember(int pid, string nonce, int signal)
    {
        using var member = ProcessHandle.Open(pid);
        if (member is not null && CarriesNonce(pid, nonce))
        {
            member.Signal(signal);
        }
    }

    private static bool CarriesNonce(int pid, string nonce)
    {
        try
        {
            byte[] environment;
            var attempt = 0;
            while ((environment = File.ReadAllBytes($"/proc/{pid}/environ")).Length == 0 && attempt++ < 20)
            {
                Thread.Sleep(1); // within execve(2) a process has no environment for a moment
            }

            return environment.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{Containment.NonceVariable}={nonce}")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SysKill(int process, int signal);
}
