using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Tells which files of a UI were saved: those beside its package.json and in its folders, but not in what is installed
/// or built, and the lock files and settings of a workspace above it.
/// </summary>
internal sealed partial class UiWatcher : IDisposable
{
    private static readonly string[] Foreign = ["node_modules", "dist", "build", "out", "coverage"];

    /// <summary>What a package manager writes itself while it installs.</summary>
    private static readonly string[] OfInstall =
    [
        "package.json",
        "pnpm-workspace.yaml",
        "pnpm-lock.yaml",
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "bun.lock",
        "bun.lockb",
    ];

    private readonly UiProject _ui;
    private readonly Channel<string> _saves = Channel.CreateUnbounded<string>();
    private readonly Lock _lock = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private FilePoller? _poller;
    private bool _disposed;

    /// <summary>Starts to watch at once.</summary>
    /// <param name="ui">The UI; its folder need not exist.</param>
    /// <param name="polling">Not to wait for the system's events.</param>
    public UiWatcher(UiProject ui, bool polling)
    {
        _ui = ui;
        try
        {
            if (!polling)
            {
                Watch(ui.Directory, recursive: false, Appeared);
                Subfolders().ToList().ForEach(folder => Watch(folder, recursive: true, Report));
                ui.Folders().Skip(1).ToList().ForEach(
                    folder => Watch(folder, recursive: false, path => ReportNamed(path)));
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // the system gives no events, or the folder is not there (yet): the files are looked at
        }

        Poll();
    }

    /// <summary>Absolute paths.</summary>
    public ChannelReader<string> Saves => _saves.Reader;

    /// <summary>
    /// What there is to install, by content. An install that fails may have written it: that is no save.
    /// </summary>
    public string Declared()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _ui.Folders().SelectMany(folder => OfInstall.Select(name => Path.Combine(folder, name))))
        {
            try
            {
                hash.AppendData(File.Exists(file) ? SHA256.HashData(File.ReadAllBytes(file)) : [0]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                hash.AppendData([1]);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether the file is one of those that <see cref="Declared"/> is made of.</summary>
    public static bool IsDeclaration(string path) => OfInstall.Contains(Path.GetFileName(path));

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watchers.ForEach(one => one.Dispose());
            _poller?.Dispose();
        }

        _saves.Writer.TryComplete();
    }

    private IEnumerable<string> Subfolders() => Directory.EnumerateDirectories(_ui.Directory).Where(IsOurs);

    private static bool IsOurs(string folder) =>
        Path.GetFileName(folder) is var name && !name.StartsWith('.') && !Foreign.Contains(name);

    private void Watch(string folder, bool recursive, Action<string> report)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = recursive,
            InternalBufferSize = 64 * 1024,
            NotifyFilter =
                NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        lock (_lock)
        {
            if (_disposed)
            {
                watcher.Dispose();
                return;
            }

            _watchers.Add(watcher);
        }

        watcher.Changed += (_, change) => report(change.FullPath);
        watcher.Created += (_, change) => report(change.FullPath);
        watcher.Deleted += (_, change) => report(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            report(change.OldFullPath);
            report(change.FullPath);
        };
        watcher.Error += (_, _) => _saves.Writer.TryWrite(folder); // events were lost
        watcher.EnableRaisingEvents = true;
    }

    private void Poll()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _poller ??= new FilePoller(CurrentFiles, Report);
            }
        }
    }

    private IEnumerable<string> CurrentFiles()
    {
        if (!Directory.Exists(_ui.Directory))
        {
            return [];
        }

        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return
        [
            .. Directory.EnumerateFiles(_ui.Directory),
            .. Subfolders().SelectMany(folder => Directory.EnumerateFiles(folder, "*", everything)),
            .. _ui.Folders().Skip(1).SelectMany(folder => OfInstall.Select(name => Path.Combine(folder, name))),
        ];
    }

    private void Appeared(string path)
    {
        if (Directory.Exists(path))
        {
            if (!IsOurs(path))
            {
                return;
            }

            try
            {
                if (!IsWatched(path))
                {
                    Watch(path, recursive: true, Report);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                Poll();
            }
        }

        Report(path);
    }

    private bool IsWatched(string folder)
    {
        lock (_lock)
        {
            return _watchers.Exists(one => one.Path == folder);
        }
    }

    private void ReportNamed(string path)
    {
        if (IsDeclaration(path))
        {
            Report(path);
        }
    }

    private void Report(string path)
    {
        if (IsOurs(path) && !Written().IsMatch(path))
        {
            _saves.Writer.TryWrite(path);
        }
        else if (Path.GetFileName(path).StartsWith(".env", StringComparison.Ordinal)
            || Path.GetFileName(path) == ".npmrc")
        {
            _saves.Writer.TryWrite(path);
        }
    }

    /// <summary>What Vite makes of its configuration to run it, and TypeScript's notes.</summary>
    [GeneratedRegex(@"\.timestamp-\d+|\.tsbuildinfo$|~$|\.sw[a-p]$|/4913$")]
    private static partial Regex Written();
}
