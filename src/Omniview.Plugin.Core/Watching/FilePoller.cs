using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Finds out which files may have changed by looking at all of them, twice a second. Of those written just before a
/// look, time and length can be the same after a further write: they are reported once more, and their content tells.
/// </summary>
internal sealed class FilePoller : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Func<IEnumerable<string>> _files;
    private readonly Action<string> _report;
    private readonly Timer _timer;
    private readonly Lock _looking = new();
    private Dictionary<string, FileFacts> _seen;
    private long _lookedAt;

    /// <summary>Reports what changes after this returns.</summary>
    /// <param name="files">The files there are at a moment.</param>
    /// <param name="report">Gets the path of each that changed, came or went.</param>
    public FilePoller(Func<IEnumerable<string>> files, Action<string> report)
    {
        (_files, _report) = (files, report);
        _seen = Look();
        _timer = new Timer(_ => LookUnlessLooking(), state: null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void LookUnlessLooking()
    {
        if (!_looking.TryEnter())
        {
            return; // a look at many files can take longer than the interval
        }

        try
        {
            Unfailing.Do("looking at the files", Compare);
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void Compare()
    {
        var before = _lookedAt;
        var now = Look();
        foreach (
            var path in now
                .Keys.Union(_seen.Keys)
                .Where(path =>
                    !now.TryGetValue(path, out var one)
                    || !_seen.TryGetValue(path, out var other)
                    || one != other
                    || FileMoment.Settled(null, one) >= before))
        {
            _report(path);
        }

        _seen = now;
    }

    private Dictionary<string, FileFacts> Look()
    {
        var now = new Dictionary<string, FileFacts>(StringComparer.Ordinal);
        _lookedAt = FileMoment.Now;
        try
        {
            foreach (var path in _files())
            {
                if (FileFacts.Behind(path) is { } facts)
                {
                    now[path] = facts;
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
