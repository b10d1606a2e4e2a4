namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>A clock on which no time passes, and whose timers never come.</summary>
internal sealed class StillClock : TimeProvider
{
    private readonly long _timestamp = System.GetTimestamp();

    public override long GetTimestamp() => _timestamp;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
