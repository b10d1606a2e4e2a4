namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>When something happened: on a clock that never goes back, and on the one that people read.</summary>
/// <param name="Elapsed">Since some moment before the host began; only differences mean something.</param>
/// <param name="Clock">UTC.</param>
internal readonly record struct Moment(TimeSpan Elapsed, DateTimeOffset Clock)
{
    public static TimeSpan operator -(Moment later, Moment earlier) => later.Elapsed - earlier.Elapsed;
}
