using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// The folders under watch: by events, or, where the system sends none or no more of them, by a look at the files again
/// and again.
/// </summary>
/// <param name="polling">Not to wait for events.</param>
/// <param name="begin">Makes a new watcher tell what it hears.</param>
/// <param name="currentFiles">The files to look at.</param>
/// <param name="report">Gets those that changed.</param>
/// <param name="hindered">Told, once, when the system gives no more events: OVP3014.</param>
internal sealed class FolderWatches(
    bool polling,
    Action<FileSystemWatcher> begin,
    Func<IEnumerable<string>> currentFiles,
    Action<string> report,
    Action<Diagnostic>? hindered) : IDisposable
{
    private const int MostSingleFolders = 40;

    private readonly Dictionary<string, WatchedFolder> _folders = new(StringComparer.Ordinal);
    // folders that were watched, and whether with all below
    private readonly Dictionary<string, bool> _gone = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private FilePoller? _poller;
    private bool _polling = polling;
    private bool _disposed;

    /// <summary>Whether the files are looked at, instead of waiting for events.</summary>
    public bool IsPolling => _polling;

    /// <summary>The folders under watch, and those that were and are gone.</summary>
    public (List<WatchedFolder> Folders, List<string> Gone) All()
    {
        lock (_lock)
        {
            return ([.. _folders.Values], [.. _gone.Keys]);
        }
    }

    /// <summary>Whether a folder that is gone was watched with all below it; null when it is not gone.</summary>
    public bool? WasRecursive(string folder)
    {
        lock (_lock)
        {
            return _gone.TryGetValue(folder, out var recursive) ? recursive : null;
        }
    }

    /// <summary>
    /// Each by itself; when they are many, with all below what they are in, since each watch takes an inotify instance.
    /// </summary>
    public void WatchEach(IEnumerable<string> folders, Func<string, string> upper)
    {
        // a folder before those in it
        List<string> outside = [
            .. folders.Distinct().Where(folder => !IsWatched(folder)).OrderBy(folder => folder.Length)];
        if (outside.Count > MostSingleFolders)
        {
            outside.ForEach(folder => WatchUnlessWatched(upper(folder), recursive: true));
        }

        outside.ForEach(folder => WatchUnlessWatched(folder, recursive: false));
    }

    public void WatchUnlessWatched(string folder, bool recursive)
    {
        if (!IsWatched(folder) && Directory.Exists(folder))
        {
            Watch(folder, recursive);
        }
    }

    /// <summary>Watches the folder that has this path now, instead of one that may have had it before.</summary>
    public void Watch(string folder, bool recursive)
    {
        Unwatch(folder);
        var watched = new WatchedFolder(folder, recursive);
        IOException? refused = null;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _folders[folder] = watched;
            _gone.Remove(folder);
            try
            {
                if (!_polling)
                {
                    watched.Begin(begin);
                }
            }
            catch (IOException e)
            {
                refused = e;
            }
        }

        if (refused is not null)
        {
            GiveUpEvents(refused);
        }
    }

    public bool Unwatch(string folder)
    {
        WatchedFolder? watched;
        lock (_lock)
        {
            if (_folders.Remove(folder, out watched))
            {
                _gone[folder] = watched.Recursive;
            }
        }

        watched?.Dispose();
        return watched is not null;
    }

    /// <summary>From now on looks at the files.</summary>
    public void BeginPolling() => _poller = new FilePoller(currentFiles, report);

    /// <summary>The system gives no more events: from now on the files are looked at.</summary>
    public void GiveUpEvents(Exception reason)
    {
        lock (_lock)
        {
            if (_polling || _disposed)
            {
                return;
            }

            _polling = true;
            _poller = new FilePoller(currentFiles, report);
        }

        hindered?.Invoke(WatchLimits.Problem(reason));
    }

    public void Dispose()
    {
        List<WatchedFolder> folders;
        FilePoller? poller;
        lock (_lock)
        {
            _disposed = true;
            folders = [.. _folders.Values];
            _folders.Clear();
            poller = _poller;
        }

        poller?.Dispose();
        folders.ForEach(one => one.Dispose());
    }

    private bool IsWatched(string folder)
    {
        lock (_lock)
        {
            for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
            {
                if (_folders.TryGetValue(parent, out var watched) && (watched.Recursive || parent == folder))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
