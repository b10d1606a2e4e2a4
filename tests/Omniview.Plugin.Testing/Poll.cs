using System.Diagnostics;

namespace Omniview.Plugin.Testing;

/// <summary>Waits for what sends no event, such as another process's file or end.</summary>
internal static class Poll
{
    public static Task UntilAsync(Func<bool> condition, string what) =>
        UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Limits.Wait, $"In {Limits.Wait.TotalSeconds} s this did not come true: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
