namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Files that were written while a build ran, with the content they had. Most programs empty a file before they write
/// it, so the build may have read half of one, and has to be repeated though nothing is another.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RewrittenFiles
{
    /// <summary>The kernel's clock for files is that much late: a tick of at most 100 Hz.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromMilliseconds(10);

    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);
    private DateTime _begun = DateTime.MaxValue;
    private DateTime _ended = DateTime.MinValue;

    public void BuildBegins() => (_begun, _ended) = (DateTime.UtcNow, DateTime.MaxValue);

    public void BuildEnds() => _ended = DateTime.UtcNow;

    /// <summary>A file has other content: whoever writes has not come to rest.</summary>
    public void Changed() => _repeated.Clear();

    /// <summary>
    /// Whether the last build may have read the file while it was written. Once for each file until another change, as
    /// a build that itself writes a file would be repeated for ever.
    /// </summary>
    public bool MayBeHalfRead(string path)
    {
        var written = File.GetLastWriteTimeUtc(path); // long ago when there is none
        return written >= _begun - ClockGrain
            && written - ClockGrain <= _ended
            && _repeated.Add(path);
    }
}
