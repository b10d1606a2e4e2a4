using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A process on Unix, to signal. On Linux it is held by a descriptor (pidfd_open(2), since 5.3): the signal reaches
/// this very process or nobody, even when it was reaped and its number is another's by now. Elsewhere it is only the
/// number.
/// </summary>
internal sealed partial class ProcessHandle : IDisposable
{
    private const int NoSuchProcess = 3; // ESRCH

    // The numbers are the same on every architecture .NET runs on; glibc has wrappers only since 2.36.
    private const nint PidfdSendSignal = 424;
    private const nint PidfdOpen = 434;

    private readonly int _pid;
    private readonly SafeFileHandle? _descriptor;

    private ProcessHandle(int pid, SafeFileHandle? descriptor)
    {
        _pid = pid;
        _descriptor = descriptor;
    }

    /// <summary>The process that has this number now, or null when none has.</summary>
    public static ProcessHandle? Open(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new ProcessHandle(pid, null);
        }

        var descriptor = (int)SystemCall(PidfdOpen, pid, 0);
        return descriptor >= 0 ? new ProcessHandle(pid, new SafeFileHandle(descriptor, ownsHandle: true))
            : Marshal.GetLastPInvokeError() == NoSuchProcess ? null
            : new ProcessHandle(pid, null);
    }

    /// <summary>Without effect when the process has ended.</summary>
    public void Signal(int signal) =>
        _ = _descriptor is null ? Kill(_pid, signal) : SystemCall(PidfdSendSignal, _descriptor, signal, 0, 0);

    public void Dispose() => _descriptor?.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint process, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, SafeFileHandle process, nint signal, nint info, nint flags);
}
