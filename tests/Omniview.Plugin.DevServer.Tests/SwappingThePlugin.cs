using System.Security.Cryptography;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class SwappingThePlugin : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_new_binary_that_does_not_start_leaves_the_old_plugin_in_service_and_installed()
    {
        var main = await File.ReadAllTextAsync(Path.Combine(Project, "pkg/main.go"), Cancellation);
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);
        var installed = await HashAsync(Installed("bin/plugin"));

        Write("pkg/main.go", Programs.Ending);
        await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        var stale = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

        Assert.Equal(
            (first.PluginPid, 1, true, true), (stale.PluginPid, stale.Generation, stale.Stale, stale.GrpcConnected));
        Assert.Equal("the new program ended at its start", stale.StaleReason);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(installed, await HashAsync(Installed("bin/plugin")));
        Assert.Single(RunningPlugins());

        Write("pkg/main.go", main);
        var same = await dev.ReadyAsync(1);
        Assert.Equal((first.PluginPid, false, ""), (same.PluginPid, same.Stale, same.LastError));
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task A_newer_save_ends_the_start_that_is_waited_for_and_never_the_good_plugin()
    {
        var main = await File.ReadAllTextAsync(Path.Combine(Project, "pkg/main.go"), Cancellation);
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync(Settings(Project) with { PluginStartTimeoutSeconds = 100_000 });
        var first = await dev.ReadyAsync(1);
        Write("pkg/main.go", Programs.Silent);
        await Poll.UntilAsync(() => RunningPlugins().Count == 2, "one that never says its handshake is being started");

        Write(
            "pkg/main.go",
            main.Replace("func main", "// mended\nvar Mended = true\n\nfunc main", StringComparison.Ordinal)
        );
        await dev.ReadyAsync(2);
        await Poll.UntilAsync(() => RunningPlugins().Count == 1, "the old one has gone");

        Assert.Equal(["connect", "disconnect", "connect"], await omniview.EventsAsync());
        Assert.DoesNotContain(dev.States, state => state.PluginPid == 0 && state.Generation > 0);
        Assert.Equal(first.PluginPid, dev.States.Last(state => state.Generation == 1).PluginPid);
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task A_rebuild_that_is_asked_for_ends_the_start_that_is_waited_for()
    {
        var dev = await OpenAsync(Settings(Project) with { PluginStartTimeoutSeconds = 100_000 });
        await dev.ReadyAsync(1);
        var main = await File.ReadAllTextAsync(Path.Combine(Project, "pkg/main.go"), Cancellation);
        var go = Path.Combine(Root, "go on");
        Write("pkg/wait.go", $$"""
            package main

            import (
            	"os"
            	"time"
            )

            func init() {
            	if _, err := os.Stat("{{go}}"); err != nil {
            		time.Sleep(time.Hour)
            	}
            }
            """);
        await Poll.UntilAsync(() => RunningPlugins().Count == 2, "one that never says its handshake is being started");
        await File.WriteAllTextAsync(go, "", Cancellation); // it has looked already, or finds it

        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);

        await dev.ReadyAsync(2);
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task When_devinfo_can_not_be_written_the_new_plugin_runs_and_it_is_said()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(
            TakeThePlaceOfDevInfo, "there is a folder in its place, made before the file was put back");

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.LogAsync("Omniview does not find this plugin");
        var ready = await dev.ReadyAsync(2);

        await Poll.UntilAsync(
            () => RunningPlugins().Select(Pid).SequenceEqual([ready.PluginPid]), "the old one has gone");
        Directory.Delete(DevInfo, recursive: true);
    }

    private bool TakeThePlaceOfDevInfo()
    {
        try
        {
            File.Delete(DevInfo);
            Directory.CreateDirectory(Path.Combine(DevInfo, "not empty"));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Twenty_swaps_leave_no_moment_without_a_plugin_that_answers()
    {
        // What counts here is the swap, so the build is only a quick one: the sample's binary with something appended.
        var go = FakeTool("go", """
            [ "$1" = build ] || exec go "$@"
            kept=$(dirname "$0")/kept
            while [ "$1" != -o ]; do shift; done
            [ -e "$kept" ] || go build -o "$kept" ./pkg || exit
            cat "$kept" pkg/greeting.go > "$2"
            """);
        var dev = await OpenAsync(Settings(Project) with { Go = new() { ToolPath = go } });
        var state = await dev.ReadyAsync(1);
        using var done = new CancellationTokenSource();
        var removed = 0;
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(DevInfo)!, ".devinfo");
        watcher.Deleted += (_, _) => Interlocked.Increment(ref removed);
        watcher.EnableRaisingEvents = true;
        var calling = Task.Run(() => CountFailedCallsAsync(done.Token), Cancellation);
        var pids = new HashSet<int> { state.PluginPid };

        for (var generation = 2; generation <= 21; generation++)
        {
            Write("pkg/greeting.go", $"package main\n\nconst greeting = \"Hello {generation}\"\n");
            state = await dev.ReadyAsync(generation);
            Assert.Equal(generation, state.Generation);
            Assert.True(pids.Add(state.PluginPid));
            var devInfo = DevInfoFile.Read(DevInfo)!;
            Assert.Equal(
                (state.PluginPid, Plugins.Id, "0.1.0", 0),
                (devInfo.Pid, devInfo.PluginId, devInfo.Version, devInfo.VitePort));
        }

        await done.CancelAsync();
        Assert.Equal(0, await calling);
        Assert.Equal(0, removed);
        await Poll.UntilAsync(() => RunningPlugins().Count == 1, "the old ones have gone");
    }

    /// <summary>
    /// A call that fails because the plugin was swapped between reading its address and calling it does not count:
    /// Omniview reads the file again.
    /// </summary>
    private async Task<int> CountFailedCallsAsync(CancellationToken done)
    {
        var failed = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!done.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(Cancellation);
            var before = DevInfoFile.Read(DevInfo);
            failed += await OmniviewApp.IsServingAsync(DevInfo) || DevInfoFile.Read(DevInfo) != before ? 0 : 1;
        }

        return failed;
    }

    private static async Task<string> HashAsync(string file) =>
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancellation)));
}
