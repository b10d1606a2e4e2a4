using System.IO.Enumeration;
using System.Threading.Channels;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Tells which files of a project changed. The root is watched by itself and each source folder with all below it, so
/// that the tens of thousands of folders under <c>ui/node_modules</c> cost no watches.
/// </summary>
/// <remarks>
/// A FileSystemWatcher stays with its folder wherever that moves, ends with it, and ends for good when a handler throws:
/// so the root's watcher tells when a source folder goes and comes, and no handler may throw. On Linux each takes one of
/// the user's inotify instances, 128 by default.
/// </remarks>
public sealed class SourceWatcher : IDisposable
{
    private readonly string _root;
    private readonly SourceFilter _filter;
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>Starts to watch at once: nothing that is saved after this returns goes unnoticed.</summary>
    public SourceWatcher(string projectDirectory)
    {
        _root = Path.TrimEndingDirectorySeparator(projectDirectory); // GetDirectoryName never ends in one
        _filter = new SourceFilter(_root);
        Watch(_root);
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(IsSourceFolder))
        {
            Watch(folder);
        }
    }

    /// <summary>
    /// Absolute paths of files that were written, created, renamed or deleted, and of folders that appeared or went; the
    /// root itself when there was too much to tell.
    /// </summary>
    public ChannelReader<string> Changes => _changes.Reader;

    /// <summary>Every file there is now whose change would matter.</summary>
    public IEnumerable<string> CurrentFiles()
    {
        List<string> folders;
        lock (_lock)
        {
            folders = [.. _watchers.Keys];
        }

        return folders.Where(Directory.Exists).SelectMany(folder => Files(folder, recursive: folder != _root)).Where(_filter.Matters);
    }

    public void Dispose()
    {
        List<FileSystemWatcher> watchers;
        lock (_lock)
        {
            _disposed = true;
            watchers = [.. _watchers.Values];
            _watchers.Clear();
        }

        watchers.ForEach(watcher => watcher.Dispose());
        _changes.Writer.TryComplete();
    }

    /// <summary>The files of a folder. Links to folders are not followed: neither does Go, and they may lead in circles.</summary>
    private static FileSystemEnumerable<string> Files(string folder, bool recursive) =>
        new(folder, (ref entry) => entry.ToFullPath(), new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = recursive })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private bool IsSourceFolder(string path) => Path.GetDirectoryName(path) == _root && SourceFilter.IsSourceFolder(Path.GetFileName(path));

    /// <summary>Watches the folder that has this path now, instead of one that may have had it before.</summary>
    private void Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = folder != _root,
            InternalBufferSize = 64 * 1024,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Changed += (_, change) =>
        {
            if (!Directory.Exists(change.FullPath)) // a folder "changes" with every temporary file an editor drops in it
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
        watcher.Error += (_, _) => _changes.Writer.TryWrite(_root); // events were lost: have a look at everything
        Unwatch(folder);
        lock (_lock)
        {
            if (!_disposed)
            {
                _watchers[folder] = watcher;
                watcher.EnableRaisingEvents = true;
                return;
            }
        }

        watcher.Dispose();
    }

    private bool Unwatch(string folder)
    {
        FileSystemWatcher? watcher;
        lock (_lock)
        {
            _watchers.Remove(folder, out watcher);
        }

        watcher?.Dispose();
        return watcher is not null;
    }

    private void Appeared(string path)
    {
        try
        {
            var isSourceFolder = IsSourceFolder(path) && Directory.Exists(path);
            if (isSourceFolder)
            {
                Watch(path);
            }

            if (isSourceFolder || (Path.GetDirectoryName(path) != _root && Directory.Exists(path)))
            {
                // Its files may have been there before the watch was.
                foreach (var file in Files(path, recursive: true))
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
        if (Unwatch(path))
        {
            _changes.Writer.TryWrite(path); // with all its files, of which nobody tells
        }
        else
        {
            Report(path);
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
