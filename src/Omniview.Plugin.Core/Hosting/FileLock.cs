namespace Omniview.Plugin.Core.Hosting;

/// <summary>
/// A lock held through an open file: the system lets go of it however its holder dies. .NET takes flock(2) for
/// <see cref="FileShare.None"/> on Unix and a share mode on Windows.
/// </summary>
public static class FileLock
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Null when someone else holds it.</summary>
    /// <exception cref="IOException">It can't be opened for another reason, and so never be taken.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Waits for it.</summary>
    /// <exception cref="IOException">As <see cref="TryTake"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellation)
    {
        FileStream? taken;
        while ((taken = TryTake(path)) is null)
        {
            await Task.Delay(RetryInterval, cancellation).ConfigureAwait(false);
        }

        return taken;
    }

    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows()
            ? (e.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
            : e.HResult == (OperatingSystem.IsLinux() ? 11 : 35); // EWOULDBLOCK, as .NET passes it on
}
