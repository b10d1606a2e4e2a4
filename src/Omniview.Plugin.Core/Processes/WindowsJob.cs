using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A job object that ends its processes, descendants included, when its last handle closes: when this
/// is disposed, or because we died. What a child starts in the instant before it is put in the job stays outside.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsJob : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int ExtendedLimitInformation = 9; // JOBOBJECTINFOCLASS
    private const int KillOnJobClose = 0x2000; // JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    private const int LimitFlagsOffset = 16; // in JOBOBJECT_EXTENDED_LIMIT_INFORMATION, after two 64-bit times

    private static readonly int InformationSize = Environment.Is64BitProcess ? 144 : 112;

    public WindowsJob()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Null when the system refuses; the child then is an ordinary one.</summary>
    public static WindowsJob? Around(Process process)
    {
        var job = CreateJobObject(0, 0);
        Span<byte> information = stackalloc byte[InformationSize];
        information.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(information[LimitFlagsOffset..], KillOnJobClose);
        if (!job.IsInvalid && SetInformationJobObject(job, ExtendedLimitInformation, information, information.Length)
            && AssignProcessToJobObject(job, process.SafeHandle))
        {
            return job;
        }

        job.Dispose();
        return null;
    }

    /// <summary>Ends all that is in it, at once.</summary>
    public void Terminate() => _ = TerminateJobObject(this, uint.MaxValue); // the exit code of Process.Kill

    protected override bool ReleaseHandle() => CloseHandle(handle);

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial WindowsJob CreateJobObject(nint attributes, nint name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(
        WindowsJob job, int informationClass, Span<byte> information, int length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(WindowsJob job, SafeProcessHandle process);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateJobObject(WindowsJob job, uint exitCode);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);
}
