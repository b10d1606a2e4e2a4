using System.IO.Enumeration;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Watching;

/// <summary>A folder under watch, by events once <see cref="Begin"/> is called.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Recursive">With all folders below it.</param>
internal sealed record WatchedFolder(string Path, bool Recursive) : IDisposable
{
    private FileSystemWatcher? _watcher;
    private FileFacts? _facts = FileFacts.Behind(Path);
    private volatile bool _hasHeard;

    /// <exception cref="IOException">The system's limit of watches is reached.</exception>
    /// <exception cref="ArgumentException">The folder is gone.</exception>
    public void Begin(Action<FileSystemWatcher> begin)
    {
        _watcher = new FileSystemWatcher(Path) { IncludeSubdirectories = Recursive };
        _watcher.Created += (_, _) => _hasHeard = true;
        _watcher.Deleted += (_, _) => _hasHeard = true;
        _watcher.Renamed += (_, _) => _hasHeard = true;
        begin(_watcher);
    }

    /// <summary>
    /// Whether events of the folder with this path come no more: another folder has the path, or this one gained or
    /// lost a name since the last look and nothing was told. inotify and its kin watch a folder, not a path, and end in
    /// silence with it.
    /// </summary>
    public bool IsDeaf()
    {
        var (before, heard) = (_facts, _hasHeard);
        _hasHeard = false;
        _facts = FileFacts.Behind(Path);
        return (_facts?.Device, _facts?.Inode) != (before?.Device, before?.Inode) || (_facts != before && !heard);
    }

    /// <summary>
    /// The files of a folder. Links to folders are not followed: neither does Go, and they may lead in circles.
    /// </summary>
    public static FileSystemEnumerable<string> Files(string folder, bool recursive) =>
        new(
            folder,
            (ref entry) => entry.ToFullPath(),
            new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = recursive })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    public void Dispose() => _watcher?.Dispose();
}
