using System.Threading.Channels;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Tells which files of a project changed. The root is watched by itself and each source folder with all below it, so
/// that the tens of thousands of folders under <c>ui/node_modules</c> cost no watches.
/// </summary>
public sealed class SourceWatcher : IDisposable
{
    private static readonly EnumerationOptions RootOnly = new() { IgnoreInaccessible = true };
    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = true, RecurseSubdirectories = true };

    private readonly string _root;
    private readonly SourceFilter _filter;
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = [];
    private readonly Lock _lock = new();

    /// <summary>Starts to watch at once: nothing that is saved after this returns goes unnoticed.</summary>
    public SourceWatcher(string projectDirectory)
    {
        _root = projectDirectory;
        _filter = new SourceFilter(projectDirectory);
        Watch(_root, recursive: false);
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(folder => SourceFilter.IsSourceFolder(Path.GetFileName(folder))))
        {
            Watch(folder, recursive: true);
        }
    }

    /// <summary>Absolute paths of files that were written, created, renamed or deleted; folders that appeared or went.</summary>
    public ChannelReader<string> Changes => _changes.Reader;

    /// <summary>Every file there is now whose change would matter.</summary>
    public IEnumerable<string> CurrentFiles()
    {
        List<string> folders;
        lock (_lock)
        {
            folders = [.. _watchers.Keys];
        }

        return folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", folder == _root ? RootOnly : Everything))
            .Where(_filter.Matters);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers.Values)
            {
                watcher.Dispose();
            }

            _watchers.Clear();
        }

        _changes.Writer.TryComplete();
    }

    private void Watch(string folder, bool recursive)
    {
        lock (_lock)
        {
            if (_watchers.ContainsKey(folder))
            {
                return;
            }

            var watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = recursive,
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
            watcher.Deleted += (_, change) => Report(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                Report(change.OldFullPath);
                Appeared(change.FullPath);
            };
            watcher.Error += (_, _) => _changes.Writer.TryWrite(_root); // events were lost: have a look at everything
            watcher.EnableRaisingEvents = true;
            _watchers[folder] = watcher;
        }
    }

    private void Appeared(string path)
    {
        if (Directory.Exists(path))
        {
            if (Path.GetDirectoryName(path) == _root)
            {
                if (SourceFilter.IsSourceFolder(Path.GetFileName(path)))
                {
                    Watch(path, recursive: true);
                }
                else
                {
                    return;
                }
            }

            // Its files may have been there before the watch was.
            foreach (var file in Directory.EnumerateFiles(path, "*", Everything))
            {
                Report(file);
            }
        }

        Report(path);
    }

    private void Report(string path)
    {
        if (_filter.Matters(path))
        {
            _changes.Writer.TryWrite(path);
        }
    }
}
