namespace Omniview.Plugin.Core.Hosting;

/// <summary>
/// A lock held through an open file: the system lets go of it however its holder dies. .NET takes flock(2) for
/// <see cref="FileShare.None"/> on Unix and a share mode on Windows.
/// </summary>
public static class FileLock
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Null when someone else holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellation)
    {
        FileStream? taken;
        while ((taken = TryTake(path)) is null)
        {
            await Task.Delay(RetryInterval, cancellation).ConfigureAwait(false);
        }

        return taken;
    }
}
