using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class PausingBetweenRestarts
{
    private BackOff _backOff = new();
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void Pauses_double_and_after_five_there_are_no_more()
    {
        Assert.Equal([1, 2, 4, 8, 16, null, null], Pauses(7));
    }

    [Fact]
    public void What_worked_for_a_while_begins_anew()
    {
        Pauses(5);
        Works(TimeSpan.FromSeconds(30));

        Assert.Equal([1, 2], Pauses(2));
    }

    [Fact]
    public void What_worked_for_a_moment_does_not()
    {
        Pauses(2);
        Works(TimeSpan.FromSeconds(29));

        Assert.Equal([4], Pauses(1));
    }

    [Fact]
    public void What_may_come_back_at_once_does_so_a_number_of_times_before_it_pauses()
    {
        _backOff = new BackOff(AtOnce: 2);

        Assert.Equal([0, 0, 1, 2, 4, 8, 16, null], Pauses(8));
    }

    private void Works(TimeSpan time)
    {
        _backOff = _backOff.Works(new Moment(_now, default));
        _now += time;
    }

    private double?[] Pauses(int count) => [.. Enumerable.Range(0, count).Select(_ => Pause())];

    private double? Pause()
    {
        (_backOff, var pause) = _backOff.Next(new Moment(_now, default));
        return pause?.TotalSeconds;
    }
}
