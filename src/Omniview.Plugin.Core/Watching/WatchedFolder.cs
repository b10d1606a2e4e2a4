namespace Omniview.Plugin.Core.Watching;

/// <summary>A folder under watch, by events once <see cref="Begin"/> is called.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Recursive">With all folders below it.</param>
internal sealed record WatchedFolder(string Path, bool Recursive) : IDisposable
{
    private FileSystemWatcher? _watcher;

    /// <exception cref="IOException">The system's limit of watches is reached.</exception>
    /// <exception cref="ArgumentException">The folder is gone.</exception>
    public void Begin(Action<FileSystemWatcher> begin)
    {
        _watcher = new FileSystemWatcher(Path) { IncludeSubdirectories = Recursive };
        begin(_watcher);
    }

    public void Dispose() => _watcher?.Dispose();
}
