using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// Turns what the system reports while files are installed into OVP4002: what, where, and what to do.
/// </summary>
internal static class TransferProblem
{
    /// <param name="cause">What was thrown.</param>
    /// <param name="file">The installed file it happened at.</param>
    /// <param name="outcome">What is installed now, as a sentence.</param>
    public static DiagnosticException Of(Exception cause, string file, string outcome)
    {
        var (reason, advice) = Explain(cause, Path.GetDirectoryName(file)!);
        return new DiagnosticException(
            Diagnostic
                .Error(DiagnosticCodes.TransferFailed, $"{file} could not be written: {reason}. {outcome} {advice}")
                .At(file),
            cause);
    }

    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException;

    private static (string Reason, string Advice) Explain(Exception cause, string folder) =>
        (cause, cause.HResult & 0xFFFF) switch
        {
            (UnauthorizedAccessException, _) when OperatingSystem.IsWindows() => (
                Said(cause),
                $"Allow your user to write in {folder}, and end the program that holds the file open."),
            (UnauthorizedAccessException, _) => (
                Said(cause),
                $"Allow your user to write in {folder}; files made with sudo belong to root."),
            (_, var code) when code == DiskFull.Error || code == DiskFull.Quota => (
                "no space is left on the disk, or your quota is used up",
                $"Free some space on the disk of {folder}, or set {StateDirectory.Property} or " +
                $"{StateDirectory.Variable} to a folder on another one."
            ),
            (_, ReadOnly) when !OperatingSystem.IsWindows() => (
                "the file system is read-only",
                $"Make it writable, or set {StateDirectory.Property} or {StateDirectory.Variable} to a folder that is."
            ),
            _ => (Said(cause), "Put that right, then build again."),
        };

    private const int ReadOnly = 30; // EROFS, Linux and macOS

    // .NET puts errno into HResult on Unix, and an HRESULT of the Win32 error on Windows.
    private static (int Error, int Quota) DiskFull =>
        OperatingSystem.IsWindows() ? (112, 1295) // ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED
        : (28, OperatingSystem.IsMacOS() ? 69 : 122); // ENOSPC, EDQUOT

    private static string Said(Exception cause) => cause.Message.TrimEnd('.');
}
