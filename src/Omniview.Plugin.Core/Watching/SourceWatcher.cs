using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Tells which files of a project changed. The root is watched by itself and each source folder with all below it, so
/// that the tens of thousands of folders under <c>ui/node_modules</c> cost no watches; what go says the program is made
/// of beyond that is watched too. Where the system sends no events, or no more of them, the files are looked at again
/// and again.
/// </summary>
/// <remarks>
/// A FileSystemWatcher stays with its folder wherever that moves, ends with it, and ends for good when a handler
/// throws: so no handler may throw, and <see cref="LookAgain"/> is called now and then. On Linux each takes one of the
/// user's inotify instances, 128 by default.
/// </remarks>
internal sealed class SourceWatcher : IDisposable
{
    private readonly string _root;
    private readonly SourceFilter _filter;
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly FolderWatches _watches;
    private volatile Dictionary<string, FileFacts?> _places = new(StringComparer.Ordinal);

    /// <summary>Starts to watch at once: nothing that is saved after this returns goes unnoticed.</summary>
    /// <param name="projectDirectory">Absolute path.</param>
    /// <param name="polling">Not to wait for events: those of network shares and some container mounts do not
    /// come.</param>
    /// <param name="named">Absolute paths of files that count in any case, wherever they are.</param>
    /// <param name="hindered">Told, once, when the system gives no more events and files are looked at instead:
    /// OVP3014.</param>
    public SourceWatcher(
        string projectDirectory,
        bool polling = false,
        IReadOnlyList<string>? named = null,
        Action<Diagnostic>? hindered = null)
    {
        _root = Path.TrimEndingDirectorySeparator(projectDirectory); // GetDirectoryName never ends in one
        _filter = new SourceFilter(_root, named ?? []);
        _watches = new FolderWatches(polling, Begin, CurrentFiles, Report, hindered);
        _watches.Watch(_root, recursive: false);
        WatchSourceFolders();
        _watches.WatchEach([.. (named ?? []).Select(Path.GetDirectoryName).OfType<string>()], folder => folder);
        if (polling)
        {
            _watches.BeginPolling();
        }
    }

    /// <summary>
    /// Absolute paths of files that were written, created, renamed or deleted, and of folders that appeared or went, or
    /// in which anything may have changed; the root itself when there was too much to tell.
    /// </summary>
    public ChannelReader<string> Changes => _changes.Reader;

    /// <summary>
    /// From now on reports what can change this program, wherever it is, and nothing else; null: whatever may be a
    /// source.
    /// </summary>
    public void Follow(GoSourceSet? set)
    {
        _filter.Set = set;
        if (set is null)
        {
            return;
        }

        _places = set.Places.ToDictionary(place => place, FileFacts.Of, StringComparer.Ordinal);
        _watches.WatchEach(
            [.. set.Folders.Concat(set.ModuleFiles.Concat(set.Linked).Select(Path.GetDirectoryName)).OfType<string>()],
            folder => set.ModuleOf(folder) ?? folder);
        foreach (var folder in set.EmbedFolders)
        {
            _watches.WatchUnlessWatched(folder, recursive: true);
        }
    }

    /// <summary>Files, and folders with all in them, that Go files embed, for as long as go has not said so.</summary>
    public void Embed(IEnumerable<string> paths) => _filter.Embed(paths);

    /// <summary>
    /// To be called now and then: finds the folders that came back or that others took the place of, and what came to
    /// be where nobody watches, since it is next to a thousand other things.
    /// </summary>
    public void LookAgain()
    {
        var (folders, gone) = _watches.All();
        var places = _places;
        foreach (
            var folder in folders
                .Where(folder => folder.IsDeaf() && !_watches.IsPolling)
                .Select(folder => folder.Path))
        {
            _watches.Unwatch(folder);
            gone.Add(folder);
            _changes.Writer.TryWrite(folder);
        }

        gone.ForEach(CameBack);
        foreach (var (place, before) in places.Where(place => FileFacts.Of(place.Key) != place.Value).ToList())
        {
            places[place] = FileFacts.Of(place); // only here
            Report(place);
        }
    }

    /// <summary>Every file there is now whose change would matter.</summary>
    public IEnumerable<string> CurrentFiles() =>
        _watches.All().Folders.Where(one => Directory.Exists(one.Path))
            .SelectMany(one => WatchedFolder.Files(one.Path, one.Recursive))
            .Where(_filter.Matters).Distinct(StringComparer.Ordinal);

    public void Dispose()
    {
        _watches.Dispose();
        _changes.Writer.TryComplete();
    }

    private bool IsSourceFolder(string path) =>
        Path.GetDirectoryName(path) == _root && SourceFilter.IsSourceFolder(Path.GetFileName(path));

    private void WatchSourceFolders()
    {
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(IsSourceFolder))
        {
            _watches.Watch(folder, recursive: true);
        }
    }

    private void CameBack(string folder)
    {
        if (_watches.WasRecursive(folder) is not { } recursive || !Directory.Exists(folder))
        {
            return;
        }

        try
        {
            _watches.Watch(folder, recursive);
            if (folder == _root)
            {
                WatchSourceFolders();
            }

            foreach (var file in WatchedFolder.Files(folder, recursive))
            {
                Report(file); // its files may have been there before the watch was
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // gone again; ArgumentException is FileSystemWatcher's word for it
        }
    }

    private void Begin(FileSystemWatcher watcher)
    {
        watcher.InternalBufferSize = 64 * 1024;
        watcher.NotifyFilter =
            NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size;
        watcher.Changed += (_, change) =>
        {
            // a folder "changes" with every temporary file an editor drops in it
            if (!Directory.Exists(change.FullPath))
            {
                Report(change.FullPath);
            }
        };
        watcher.Created += (_, change) => Appeared(change.FullPath);
        watcher.Deleted += (_, change) => Disappeared(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Disappeared(change.OldFullPath);
            Appeared(change.FullPath);
        };
        watcher.Error += (_, error) =>
        {
            if (error.GetException() is var e and not InternalBufferOverflowException && Directory.Exists(_root))
            {
                _watches.GiveUpEvents(e);
            }

            _changes.Writer.TryWrite(_root); // events were lost: have a look at everything
        };
        watcher.EnableRaisingEvents = true;
    }

    private void Appeared(string path)
    {
        try
        {
            var isSourceFolder = IsSourceFolder(path) && Directory.Exists(path);
            if (isSourceFolder)
            {
                _watches.Watch(path, recursive: true);
            }
            else
            {
                CameBack(path);
            }

            if (isSourceFolder || (Path.GetDirectoryName(path) != _root && Directory.Exists(path)))
            {
                foreach (var file in WatchedFolder.Files(path, recursive: true))
                {
                    Report(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // gone again, which is told next; ArgumentException is FileSystemWatcher's word for it
        }

        Report(path);
    }

    private void Disappeared(string path)
    {
        if (_watches.Unwatch(path))
        {
            _changes.Writer.TryWrite(path); // with all its files, of which nobody tells
        }
        else if (_filter.Matters(path) || _filter.MayHoldSources(path))
        {
            _changes.Writer.TryWrite(path); // a folder that was moved away takes its files along without a word
        }
    }

    private void Report(string path)
    {
        if (_filter.Matters(path))
        {
            _changes.Writer.TryWrite(path);
        }
    }
}
