using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Linux executes no file that anyone has open for writing (ETXTBSY). A child that another thread forks while we write
/// a program holds a copy of our descriptor until its own exec, a little longer than we do (golang/go#22315).
/// </summary>
internal static partial class OpenWriters
{
    private const int SetLease = 1024; // F_SETLEASE, linux/fcntl.h
    private const int ReadLease = 0; // F_RDLCK
    private const int NoLease = 2; // F_UNLCK
    private const int TryAgain = 11; // EAGAIN

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns when nobody has the file open for writing, or after two seconds. The kernel says so by granting a read
    /// lease, F_SETLEASE in fcntl(2). Returns at once where there are no leases: not Linux, and some network file
    /// systems.
    /// </summary>
    /// <param name="file">The program.</param>
    /// <param name="timeout">For tests.</param>
    /// <returns>False when somebody still has it open.</returns>
    public static bool WaitUntilClosed(string file, TimeSpan? timeout = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        using var handle = File.OpenHandle(
            file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var waited = Stopwatch.StartNew();
        while (Fcntl(handle, SetLease, ReadLease) != 0)
        {
            if (Marshal.GetLastPInvokeError() != TryAgain)
            {
                return true;
            }

            if (waited.Elapsed > (timeout ?? WaitLimit))
            {
                return false;
            }

            Thread.Sleep(1);
        }

        _ = Fcntl(handle, SetLease, NoLease);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, int argument);
}
