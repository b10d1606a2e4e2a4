namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>A clock with one timer, on which time goes on when a test says so.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _seconds;
    private Action _elapsed = () => { };

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => _seconds;

    public void Tick(int seconds)
    {
        _seconds += seconds;
        _elapsed();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _elapsed = () => callback(state);
        return new Ticking();
    }

    private sealed class Ticking : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
