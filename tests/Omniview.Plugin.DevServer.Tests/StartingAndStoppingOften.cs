using System.Globalization;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>OMNIVIEW_CYCLES=1000 makes a long run of it.</summary>
public sealed class StartingAndStoppingOften : HostScratch
{
    private const int WarmUp = 15;

    private static readonly int Cycles = int.Parse(
        System.Environment.GetEnvironmentVariable("OMNIVIEW_CYCLES") ?? "30", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Leaves_the_hosts_memory_handles_and_threads_as_they_were()
    {
        Plugins.CopyBackend(Project);
        var host = (await KeepHostAsync()).Host.Record.Pid;
        await CyclesAsync(WarmUp);
        var before = Held.By(host);

        await CyclesAsync(Cycles);

        var after = Held.By(host);
        TestContext.Current.SendDiagnosticMessage($"after {WarmUp} cycles {before}, after {Cycles} more {after}");
        Assert.InRange(after.Megabytes - before.Megabytes, int.MinValue, 25);
        Assert.InRange(after.Handles - before.Handles, int.MinValue, 10);
        Assert.InRange(after.Threads - before.Threads, int.MinValue, 10);
        Assert.Empty(RunningPlugins());
    }

    private async Task CyclesAsync(int count)
    {
        for (var cycle = 0; cycle < count; cycle++)
        {
            var client = await HostFinder.EnsureAsync(State, HostCommand, Cancellation);
            await using var dev = new Dev(await client.OpenSessionAsync(Settings(Project), Cancellation));
            await dev.ReadyAsync(1);
            await dev.Session.EndAsync();
        }
    }

    private sealed record Held(int Megabytes, int Handles, int Threads)
    {
        public static Held By(int pid) =>
            new(
                (int)(
                    long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
                    * System.Environment.SystemPageSize
                    / 1_000_000),
                Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count(),
                Directory.EnumerateDirectories($"/proc/{pid}/task").Count());
    }
}
