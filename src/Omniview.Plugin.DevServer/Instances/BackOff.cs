namespace Omniview.Plugin.DevServer.Instances;

/// <summary>Pauses between restarts: 1 s, doubling, five in a row, then no more until something worked for a while.</summary>
/// <param name="time">For tests.</param>
/// <param name="atOnce">So many restarts come before those, without a pause.</param>
internal sealed class BackOff(TimeProvider? time = null, int atOnce = 0)
{
    private const int Tries = 5;
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(30);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private int _failures;
    private long? _readySince;
    private bool _skip;

    /// <summary>It works: if it goes on to do so, earlier failures are forgotten.</summary>
    public void Reset() => _readySince = _time.GetTimestamp();

    /// <summary>The next restart is no failure and comes at once.</summary>
    public void SkipNext() => _skip = true;

    /// <summary>How long to wait before the next start, or null to give up.</summary>
    public TimeSpan? Next()
    {
        if (_skip)
        {
            _skip = false;
            return TimeSpan.Zero;
        }

        if (_readySince is { } since && _time.GetElapsedTime(since) >= Stable)
        {
            _failures = 0;
        }

        _readySince = null;
        var paused = _failures++ - atOnce;
        return paused < 0 ? TimeSpan.Zero : paused < Tries ? TimeSpan.FromSeconds(1 << paused) : null;
    }
}
