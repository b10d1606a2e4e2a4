using Omniview.Plugin.Core.Hosting;

namespace Omniview.Plugin.Core.Watching;

/// <summary>Finds out which files changed by looking at all of them, twice a second: time of the last write, and length.</summary>
internal sealed class FilePoller : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Func<IEnumerable<string>> _files;
    private readonly Action<string> _report;
    private readonly CancellationTokenSource _disposed = new();
    private Dictionary<string, (DateTime, long)> _seen;

    /// <summary>Reports what changes after this returns.</summary>
    /// <param name="files">The files there are at a moment.</param>
    /// <param name="report">Gets the path of each that changed, came or went.</param>
    public FilePoller(Func<IEnumerable<string>> files, Action<string> report)
    {
        (_files, _report) = (files, report);
        _seen = Look();
        _ = RunAsync();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        var disposed = _disposed.Token;
        try
        {
            while (await timer.WaitForNextTickAsync(disposed).ConfigureAwait(false))
            {
                Unfailing.Do("looking at the files", Compare);
            }
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    private void Compare()
    {
        var now = Look();
        foreach (var path in now.Keys.Union(_seen.Keys).Where(path => !now.TryGetValue(path, out var one) || !_seen.TryGetValue(path, out var other) || one != other))
        {
            _report(path);
        }

        _seen = now;
    }

    private Dictionary<string, (DateTime, long)> Look()
    {
        var now = new Dictionary<string, (DateTime, long)>(StringComparer.Ordinal);
        try
        {
            foreach (var path in _files())
            {
                var file = new FileInfo(path);
                if (file.Exists)
                {
                    now[path] = (file.LastWriteTimeUtc, file.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _seen ?? now; // a folder went while it was read: the next look tells
        }

        return now;
    }
}
