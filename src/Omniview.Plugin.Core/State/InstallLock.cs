using System.Diagnostics;

namespace Omniview.Plugin.Core.State;

/// <summary>
/// One install of a plugin at a time: two would delete each other's assets. Held through an open file, so the system lets
/// go of it however its holder dies; the file stays, as deleting it would let two hold it.
/// </summary>
internal static class InstallLock
{
    private const string Name = ".ovp.lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">It can't be opened, or another install has held it for half a minute.</exception>
    public static FileStream Take(InstalledPlugin plugin, CancellationToken cancellation)
    {
        var file = Path.Combine(plugin.Directory, Name);
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (waited.Elapsed > Patience)
                {
                    throw new IOException($"another install of this plugin has held {file} open for {Patience.TotalSeconds:0} s", e);
                }
            }

            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // FileShare.None is flock(2) on Unix: EWOULDBLOCK is 11 on Linux, 35 on macOS; on Windows ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException e) =>
        (e.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);
}
