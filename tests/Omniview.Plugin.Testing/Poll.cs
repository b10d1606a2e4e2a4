using System.Diagnostics;

namespace Omniview.Plugin.Testing;

/// <summary>Waits for what sends no event, such as another process's file or end.</summary>
internal static class Poll
{
    /// <summary>A look at all processes takes milliseconds, and the other tests need the processors.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public static Task UntilAsync(Func<bool> condition, string what) =>
        UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(10);
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Limits.Wait, $"In {Limits.Wait.TotalSeconds} s this did not come true: {what}");
            await Task.Delay(pause, TestContext.Current.CancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 5 / 4, LongestPause.Ticks));
        }
    }
}
