using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Watching;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Notices what changes in the sources of the plugin: by their content, and, once go has said what the program is made
/// of, in exactly those files, wherever they are.
/// </summary>
/// <param name="context">The plugin.</param>
/// <param name="incremental">Prepared when it is clear what the program is made of.</param>
/// <param name="changed">Gets the path of each file whose content is another, and whether somebody is probably still
/// writing it.</param>
/// <param name="found">Gets what keeps it from watching well.</param>
internal sealed class SourceFollower(
    PluginContext context,
    IncrementalBuild incremental,
    Action<string, bool> changed,
    Action<IReadOnlyList<Diagnostic>> found)
{
    private const int MostListings = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SlowReading = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly RewrittenFiles _rewritten = new();
    private ContentMemory _memory = new();
    private volatile SourceWatcher? _watcher;
    private bool _mayBeMadeOfOthers = true;

    private string Project => context.ProjectDirectory;

    /// <summary>Watches, in the place of an earlier watch, until cancelled.</summary>
    /// <param name="settings">The project's.</param>
    /// <param name="watched">Called when it does.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(DevSettings settings, Action watched, CancellationToken cancellation)
    {
        using var watcher = new SourceWatcher(
            Project, settings.Polling, settings.WatchedFiles, problem => found([problem]));
        var stamp = new WatchStamp(Path.Combine(
            context.IntermediateDirectory, DevSettings.WatchStampName), Begin(watcher));
        watched();
        try
        {
            await foreach (var path in watcher.Changes.ReadAllAsync(cancellation))
            {
                cancellation.ThrowIfCancellationRequested(); // ReadAllAsync looks only when it has nothing to give
                if (HasChanged(watcher, path, out var unfinished))
                {
                    context.Board.Log(LogSource.GoWatch, "debug", $"changed: {Path.GetRelativePath(Project, path)}");
                    changed(path, unfinished);
                    stamp.Changed(path);
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _watcher = _watcher == watcher ? null : _watcher;
            }
        }
    }

    /// <summary>To be called now and then: what the system does not tell.</summary>
    public void LookAgain() => _watcher?.LookAgain();

    /// <summary>From now on a build reads the sources.</summary>
    public void BuildBegins()
    {
        lock (_lock)
        {
            _rewritten.BuildBegins();
        }
    }

    public void BuildEnds()
    {
        lock (_lock)
        {
            _rewritten.BuildEnds();
        }
    }

    /// <summary>
    /// After a build that went well: asks go what the program is made of, if that may be another than before.
    /// </summary>
    /// <param name="request">The build.</param>
    /// <param name="begun">When it began: what was saved since in a file that was not watched is a change.</param>
    /// <param name="cancellation">Ends go.</param>
    public async Task FollowAsync(GoBuildRequest request, DateTimeOffset begun, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_mayBeMadeOfOthers && !incremental.IsWanted)
            {
                return;
            }

            _mayBeMadeOfOthers = false;
        }

        TimeSpan? again = TimeSpan.Zero;
        for (var left = MostListings; again is { } time && left > 0; left--)
        {
            await Task.Delay(time < LongestWait ? time : LongestWait, cancellation);
            again = await ListAsync(request, begun, cancellation);
        }
    }

    /// <summary>After a build that failed, perhaps for want of a file: whatever may be a source counts.</summary>
    public void ForgetSources()
    {
        lock (_lock)
        {
            _mayBeMadeOfOthers = true;
            _watcher?.Follow(null);
        }

        incremental.Forget();
    }

    /// <summary>Null, or after what time to list anew.</summary>
    private async Task<TimeSpan?> ListAsync(
        GoBuildRequest request, DateTimeOffset begun, CancellationToken cancellation)
    {
        GoListing? listing = null;
        try
        {
            listing = await GoLister.ListAsync(request, context.GoWorkFolder, cancellation);
        }
        finally
        {
            if (listing is null)
            {
                ForgetSources();
            }
        }

        List<string> missed = [];
        lock (_lock)
        {
            if (_watcher is not { } watcher || listing is null || _mayBeMadeOfOthers)
            {
                return null;
            }

            watcher.Follow(listing.Sources);
            context.Files.Follow(listing.Sources);
            List<string> files = [.. watcher.CurrentFiles(), .. listing.Sources.Places.Where(File.Exists)];
            _memory.KeepOnly(files); // of the others nobody tells from here on
            missed.AddRange(files.Where(
                file => _memory.Learn(file) && File.GetLastWriteTimeUtc(file) > begun.UtcDateTime));
        }

        missed.ForEach(file => changed(file, false));
        return missed.Count > 0 ? null : await incremental.PrepareAsync(request, begun, listing, cancellation);
    }

    private List<string> Begin(SourceWatcher watcher)
    {
        List<string> files = [.. watcher.CurrentFiles()];
        lock (_lock)
        {
            (_memory, _watcher, _mayBeMadeOfOthers) = (new ContentMemory(), watcher, true);
            Read(files);
            watcher.Embed(_memory.Embedded());
            files.AddRange(watcher.CurrentFiles().Where(file => _memory.Learn(file)));
        }

        return files;
    }

    private void Read(List<string> files)
    {
        var clock = Stopwatch.StartNew();
        for (var read = 0; read < files.Count; read++)
        {
            _memory.HasChanged(files[read]);
            if (clock.Elapsed > SlowReading)
            {
                clock.Restart();
                context.Board.Info(
                    LogSource.GoWatch,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"still reading the sources: {read + 1} of {files.Count}, now " +
                        $"{Path.GetRelativePath(Project, files[read])}"
                    ));
            }
        }
    }

    private bool HasChanged(SourceWatcher watcher, string path, out bool unfinished)
    {
        lock (_lock)
        {
            unfinished = false;
            var (before, written) = (_memory.ImportsOf(path), _memory.WrittenAt(path));
            if (!Path.Exists(path) && !_memory.Knows(path))
            {
                return false; // came and went, or was none of the sources
            }

            if (path == Project ? !_memory.HaveChanged(watcher.CurrentFiles())
                : Directory.Exists(path) ? !_memory.HaveChanged(watcher.CurrentFiles(), path)
                : !_memory.HasChanged(path))
            {
                return written is not null && written != _memory.WrittenAt(path) && _rewritten.MayBeHalfRead(path);
            }

            _rewritten.Changed();
            unfinished = _memory.WasEmpty(path);
            if (before is null || before != _memory.ImportsOf(path))
            {
                _mayBeMadeOfOthers = true;
                watcher.Embed(_memory.Embedded());
            }

            return true;
        }
    }
}
