namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// Pauses between restarts: 1 s, doubling, five in a row, then no more until something worked for half a minute.
/// </summary>
/// <param name="AtOnce">So many restarts come before those, without a pause.</param>
internal sealed record BackOff(int AtOnce = 0)
{
    private const int Tries = 5;
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(30);

    private int Failures { get; init; }

    private Moment? WorksSince { get; init; }

    /// <summary>It works: if it goes on to do so, earlier failures are forgotten.</summary>
    public BackOff Works(Moment now) => this with { WorksSince = now };

    /// <summary>How long to wait before the next start, or null to give up.</summary>
    public (BackOff Then, TimeSpan? Pause) Next(Moment now)
    {
        var failures = WorksSince is { } since && now - since >= Stable ? 0 : Failures;
        var paused = failures - AtOnce;
        TimeSpan? pause = paused < 0 ? TimeSpan.Zero : paused < Tries ? TimeSpan.FromSeconds(1 << paused) : null;
        return (this with { Failures = failures + 1, WorksSince = null }, pause);
    }
}
