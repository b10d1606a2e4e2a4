namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A <see cref="FileLock"/> in a folder of the author's: its file is there only while it is held. Who is killed leaves
/// the file, and the next takes it.
/// </summary>
internal sealed class TransientLock : IDisposable
{
    private readonly string _path;
    private readonly FileStream _held;

    private TransientLock(string path, FileStream held) => (_path, _held) = (path, held);

    /// <summary>Waits for it, as <see cref="FileLock.TakeAsync"/> does, with the same exceptions.</summary>
    public static async Task<TransientLock> TakeAsync(
        string path, TimeSpan limit, Action<string>? waiting, CancellationToken cancellation)
    {
        while (true)
        {
            var held = await FileLock.TakeAsync(path, limit, waiting, cancellation);
            if (OperatingSystem.IsWindows() || IsStill(path, FileFacts.Of(held.SafeFileHandle)))
            {
                return new TransientLock(path, held);
            }

            await held.DisposeAsync(); // its last holder has taken the name away meanwhile
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            Temporaries.TryDelete(_path); // while it is held: who has opened it meanwhile finds that the name is gone
        }

        _held.Dispose();
        if (OperatingSystem.IsWindows())
        {
            Temporaries.TryDelete(_path); // not while another has it open
        }
    }

    /// <summary>Whether the open file is what the path names.</summary>
    internal static bool IsStill(string path, FileFacts opened) =>
        FileFacts.Of(path) is { } named && (named.Device, named.Inode) == (opened.Device, opened.Inode);
}
