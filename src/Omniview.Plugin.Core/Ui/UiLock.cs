namespace Omniview.Plugin.Core.Ui;

/// <summary>
/// Keeps two processes (a build and a dev host, say) from installing or building one UI at the same time. The system gives
/// it back when its holder dies.
/// </summary>
internal static class UiLock
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody else holds the lock of this stamp folder; dispose to release it.</summary>
    public static async Task<IDisposable> AcquireAsync(string stampDirectory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(stampDirectory);
        var file = Path.Combine(stampDirectory, "ui.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                await Task.Delay(RetryInterval, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK of flock(2), which .NET uses, is 11 on Linux and 35 on macOS.</summary>
    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
