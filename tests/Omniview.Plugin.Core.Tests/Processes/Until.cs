using System.Diagnostics;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>Waits for what sends no event, such as the end of a process that is not our child.</summary>
internal static class Until
{
    public static Task GoneAsync(int pid) => TrueAsync(() => ProcessIdentity.Of(pid) is null, $"process {pid} is gone");

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(clock.Elapsed < Limits.Wait, $"In {Limits.Wait.TotalSeconds} s this did not come true: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
