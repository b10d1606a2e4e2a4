using System.Runtime.InteropServices;

namespace Omniview.Plugin.Testing;

/// <summary>kill(2), with the numbers of Linux.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int pid, int signal) =>
        Assert.True(TrySend(pid, signal), $"There is no process {pid} to signal.");

    /// <summary>False when there is no such process any more.</summary>
    public static bool TrySend(int pid, int signal) => SysKill(pid, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SysKill(int process, int signal);
}
