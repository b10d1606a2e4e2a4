using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class UnfailingTests
{
    private readonly List<string> _told = [];

    [Fact]
    public async Task What_fails_again_and_again_is_told_once_and_another_failure_of_it_too()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Unfailing.Do("one thing", () => throw new InvalidOperationException("first"), _told.Add);
            await Unfailing.DoAsync("another thing", () => throw new InvalidOperationException("first"), _told.Add);
        }

        Unfailing.Do("one thing", () => throw new InvalidOperationException("second"), _told.Add);

        Assert.Equal(3, _told.Count);
        Assert.StartsWith(
            "Failed, and goes on: one thing: System.InvalidOperationException: first",
            _told[0],
            StringComparison.Ordinal);
        Assert.Contains("another thing", _told[1], StringComparison.Ordinal);
        Assert.Contains("second", _told[2], StringComparison.Ordinal);
    }

    [Fact]
    public void That_nobody_can_be_told_is_no_failure_either() =>
        Unfailing.Do(
            "untold", () => throw new InvalidOperationException("no"), _ => throw new IOException("the terminal has " +
            "gone"));

    [Fact]
    public async Task Whoever_waits_for_a_turn_learns_that_it_was_cancelled() =>
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Unfailing.DoAsync("cancelled", () => throw new OperationCanceledException(), _told.Add));
}
