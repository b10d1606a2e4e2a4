using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class KeepingTime
{
    [Fact]
    public void Whoever_asks_for_an_interval_is_woken_with_all_others_that_did_so()
    {
        var rhythm = new SharedTimer();
        var first = rhythm.NextAsync(3);
        rhythm.Tick();
        var second = rhythm.NextAsync(3);
        var every = rhythm.NextAsync(1);
        rhythm.Tick();
        Assert.Equal((false, false, true), (first.IsCompleted, second.IsCompleted, every.IsCompleted));

        rhythm.Tick();

        Assert.Equal((true, true), (first.IsCompleted, second.IsCompleted));
        Assert.False(rhythm.NextAsync(3).IsCompleted);
    }

    [Fact]
    public void Whoever_awaits_a_condition_is_woken_at_the_first_beat_at_which_it_holds()
    {
        var rhythm = new SharedTimer();
        var (holds, asked) = (false, 0);
        var awaited = rhythm.UntilAsync(() =>
        {
            asked++;
            return holds;
        });
        rhythm.Tick();
        Assert.False(awaited.IsCompleted);

        holds = true;
        Assert.False(awaited.IsCompleted);
        rhythm.Tick();
        rhythm.Tick();

        Assert.True(awaited.IsCompleted);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_condition_that_fails_is_its_own_matter()
    {
        var rhythm = new SharedTimer();
        var failing = rhythm.UntilAsync(() => throw new InvalidOperationException("no"));
        var other = rhythm.UntilAsync(() => true);
        var next = rhythm.NextAsync(1);

        rhythm.Tick();
        rhythm.Tick();

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal((true, true), (other.IsCompleted, next.IsCompleted));
    }
}
