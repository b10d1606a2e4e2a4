using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Core.Tests.Watching;

/// <summary>A plugin folder under watch.</summary>
/// <param name="polling">Whether the files are looked at instead of waiting for events.</param>
/// <param name="named">Files that count in any case, relative to it.</param>
internal sealed class WatchedProject(bool polling = false, params string[] named) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HashSet<string> _reported = [];
    private SourceWatcher? _watcher;
    private int _marks;

    public string Path => _folder.Path;

    public SourceWatcher Watcher =>
        _watcher ??= new SourceWatcher(
            Path, polling, [.. named.Select(file => System.IO.Path.GetFullPath(_folder[file]))]);

    public string this[string relative] => _folder[relative];

    public string Write(string relative, string text = "x") => _folder.Write(relative, text);

    /// <summary>Begins to watch; what is written before goes unreported.</summary>
    public void Watch() => _ = Watcher;

    /// <summary>Returns when the path has been reported, now or earlier.</summary>
    public async Task ReportedAsync(string relative)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limits.Wait);
        try
        {
            while (!_reported.Contains(relative))
            {
                _reported.Add(Relative(await Watcher.Changes.ReadAsync(limit.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{relative} was not reported, only: {string.Join(", ", _reported)}");
        }
    }

    /// <summary>
    /// Everything reported since the last call, up to now: what happened before a mark comes before the mark.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> ReportedSoFarAsync()
    {
        var marks = new[] { $"mark{++_marks}.go", $"pkg/mark{_marks}.go" }; // one for each watch
        foreach (var mark in marks)
        {
            Write(mark);
            await ReportedAsync(mark);
        }

        var reported = _reported.Where(path => !path.Contains("mark", StringComparison.Ordinal)).ToList();
        _reported.Clear();
        return reported;
    }

    /// <summary>A file's path from the project's folder, with '/'.</summary>
    public string Relative(string file) =>
        System.IO.Path.GetRelativePath(Path, file).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    public void Dispose()
    {
        _watcher?.Dispose();
        _folder.Dispose();
    }
}
