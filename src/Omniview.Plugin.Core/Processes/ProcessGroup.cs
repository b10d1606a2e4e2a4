using System.Runtime.InteropServices;
using System.Text;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A child of ours with all that came from it, found again without the help of any of them. A process is proved ours by
/// the nonce in its environment, wherever it has gone (<c>setsid</c>, <c>setpgid</c>), or by sharing the leader's
/// session with one that has the nonce: sessions are only inherited, and the number of one is not given away while
/// someone is in it.
/// </summary>
/// <param name="Leader">PID, group and session of the child; 0 while that is not known.</param>
/// <param name="LeaderStart">Its start ticks; nothing older is looked at.</param>
/// <param name="Nonce">What all of them have in their environment unless they threw it away.</param>
internal sealed partial record ProcessGroup(int Leader, long LeaderStart, string Nonce)
{
    public const int Terminate = 15;
    public const int Kill = 9;
    private static readonly int Continue = OperatingSystem.IsLinux() ? 18 : 19;
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes($"{Containment.NonceVariable}=");

    /// <summary>
    /// Whether nobody is in the leader's group, not even a zombie. Costs nothing, but does not see who has left the
    /// group. Linux only: elsewhere always true.
    /// </summary>
    public bool IsEmpty => !OperatingSystem.IsLinux() || SysKill(-Leader, 0) != 0;

    /// <summary>The living members. Linux only: elsewhere none.</summary>
    /// <param name="known">Who was found to be one before, whatever it has become since.</param>
    public List<ProcessIdentity> Members(IReadOnlySet<ProcessIdentity>? known = null) =>
        Members([this], known).GetValueOrDefault(this, []);

    /// <summary>The living members of several groups, in one walk through all processes.</summary>
    public static Dictionary<ProcessGroup, List<ProcessIdentity>> Members(
        IReadOnlyCollection<ProcessGroup> groups, IReadOnlySet<ProcessIdentity>? known = null)
    {
        var members = new Dictionary<ProcessGroup, List<ProcessIdentity>>();
        if (!OperatingSystem.IsLinux() || groups.Count == 0)
        {
            return members;
        }

        var oldest = groups.Min(group => group.LeaderStart);
        var candidates = ProcStat.ReadAll()
            .Where(process => process.Stat is { IsDead: false, IsOfTheKernel: false } stat && stat.StartTicks >= oldest)
            .Select(
                process => (Identity: new ProcessIdentity(process.Pid, process.Stat.StartTicks), process.Stat.Session))
            .ToList();
        var nonces = ReadNonces(candidates.Select(candidate => candidate.Identity));
        foreach (var group in groups)
        {
            bool IsProved(ProcessIdentity one) =>
                one.StartTicks >= group.LeaderStart
                && (nonces.GetValueOrDefault(one.Pid) == group.Nonce || known?.Contains(one) == true);
            // 0 is everybody's who came from outside a container
            bool IsOfItsSession(int session) => session == group.Leader && session > 0;
            var ownSession = candidates.Any(candidate =>
                IsOfItsSession(candidate.Session) && IsProved(candidate.Identity));
            members[group] =
            [
                .. candidates
                    .Where(candidate =>
                        (ownSession && IsOfItsSession(candidate.Session)) || IsProved(candidate.Identity))
                    .Select(candidate => candidate.Identity),
            ];
        }

        return members;
    }

    /// <summary>
    /// Signals a process that was proved ours; another that has got its number since is left alone. Who was stopped
    /// (Ctrl+Z, a debugger) is continued: it could not answer a request to end.
    /// </summary>
    public static void Signal(ProcessIdentity member, int signal)
    {
        using var handle = ProcessHandle.Open(member.Pid);
        if (handle is not null && member.IsAlive) // in this order: from here on the handle is that very process
        {
            Signal(handle, signal);
        }
    }

    public static void Signal(ProcessHandle handle, int signal)
    {
        handle.Signal(signal);
        if (signal == Terminate)
        {
            handle.Signal(Continue);
        }
    }

    /// <summary>
    /// Within execve(2) a process has no environment for a moment, which is long on a busy machine: a process that has
    /// just been started is given the time. One that is older and has none threw it away.
    /// </summary>
    private static Dictionary<int, string> ReadNonces(IEnumerable<ProcessIdentity> processes)
    {
        var nonces = new Dictionary<int, string>();
        var unread = processes.ToList();
        for (var attempt = 0; unread.Count > 0 && attempt < (unread.Exists(IsYoung) ? 500 : 10); attempt++)
        {
            if (attempt > 0)
            {
                Thread.Sleep(1);
            }

            unread.RemoveAll(process =>
            {
                var environment = ProcFile.Read(process.Pid, "environ");
                if (environment is not null && NonceIn(environment) is { } nonce)
                {
                    nonces[process.Pid] = nonce;
                }

                return environment is null or { Length: > 0 };
            });
        }

        return nonces;

        bool IsYoung(ProcessIdentity process) => Uptime.Ticks() - process.StartTicks < Uptime.TicksPerSecond;
    }

    private static string? NonceIn(ReadOnlySpan<byte> environment)
    {
        foreach (var range in environment.Split((byte)0))
        {
            if (environment[range].StartsWith(Marker))
            {
                return Encoding.UTF8.GetString(environment[range][Marker.Length..]);
            }
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SysKill(int process, int signal);
}
