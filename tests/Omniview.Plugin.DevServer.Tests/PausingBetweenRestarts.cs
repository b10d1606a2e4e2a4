using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class PausingBetweenRestarts
{
    private readonly Clock _clock = new();
    private readonly BackOff _backOff;

    public PausingBetweenRestarts() => _backOff = new BackOff(_clock);

    [Fact]
    public void Pauses_double_and_after_five_there_are_no_more()
    {
        Assert.Equal([1, 2, 4, 8, 16, null, null], Pauses(7));
    }

    [Fact]
    public void What_worked_for_a_while_begins_anew()
    {
        Pauses(5);
        _backOff.Reset();
        _clock.Now += TimeSpan.FromSeconds(30);

        Assert.Equal([1, 2], Pauses(2));
    }

    [Fact]
    public void What_worked_for_a_moment_does_not()
    {
        Pauses(2);
        _backOff.Reset();
        _clock.Now += TimeSpan.FromSeconds(29);

        Assert.Equal([4], Pauses(1));
    }

    [Fact]
    public void A_restart_that_is_no_failure_comes_at_once_and_costs_nothing()
    {
        Pauses(1);
        _backOff.SkipNext();

        Assert.Equal([0, 2], Pauses(2));
    }

    [Fact]
    public void What_may_come_back_at_once_does_so_a_number_of_times_before_it_pauses()
    {
        var backOff = new BackOff(_clock, atOnce: 2);

        Assert.Equal([0, 0, 1, 2, 4, 8, 16, null], Enumerable.Range(0, 8).Select(_ => backOff.Next()?.TotalSeconds));
    }

    private double?[] Pauses(int count) => [.. Enumerable.Range(0, count).Select(_ => _backOff.Next()?.TotalSeconds)];

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
