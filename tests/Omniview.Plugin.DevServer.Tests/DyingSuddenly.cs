using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>Whoever gets SIGKILL, nobody is left five seconds later.</summary>
public sealed class DyingSuddenly : HostScratch
{
    private const string Stubborn = "trap '' TERM; while :; do sleep 300; done";

    /// <summary>
    /// Serves, and has a child in its own group and one in a session of its own, which both ignore TERM and print
    /// nothing.
    /// </summary>
    private const string ViteWithChildren = $$"""
        for (const detached of [false, true]) {
          const { spawn } = require('child_process');
          spawn('/bin/sh', ['-c', "{{Stubborn}} # vite's"], { detached, stdio: 'ignore' }).unref();
        }

        """ + FakeVite.Good;

    /// <summary>The same for a plugin, one of them in a group of its own.</summary>
    private const string PluginWithChildren = $$"""
        package main

        import (
        	"os/exec"
        	"syscall"
        )

        func init() {
        	for _, attributes := range []syscall.SysProcAttr{ {}, {Setpgid: true}, {Setsid: true} } {
        		command := exec.Command("/bin/sh", "-c", "{{Stubborn}} # the plugin's")
        		command.SysProcAttr = &attributes
        		command.Start()
        	}
        }
        """;

    public override ValueTask InitializeAsync()
    {
        Plugins.WriteBackendAndUi(Project, ViteWithChildren);
        Write("pkg/children.go", PluginWithChildren);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_dev_host_leaves_no_plugin_no_Vite_and_none_of_their_children()
    {
        var dev = await RunAsync();
        var dead = dev.Host.Record.Pid;

        Kill(dead);
        await Poll.UntilAsync(
            () => ProcessIdentity.Of(dead) is null && Processes("").Count == 0, "everything has died with it");

        Assert.False(File.Exists(DevInfo), "Omniview is still told of it");
        Assert.Empty(Directory.EnumerateFiles(HostFiles.Groups));
        Assert.Contains(
            "Ending process", await File.ReadAllTextAsync(HostFiles.Log, Cancellation), StringComparison.Ordinal);
        await ForgetAsync();
    }

    [Fact]
    public async Task With_its_guardian_dead_too_the_next_one_ends_what_is_left()
    {
        var dev = await RunAsync();
        var guardian = Pid(Assert.Single(Processes("omniview-guardian")));
        var dead = dev.Host.Record.Pid;
        await StopAsync(dead); // or it would start another
        Kill(guardian);
        Kill(dead);
        await Poll.UntilAsync(
            () =>
                ProcessIdentity.Of(dead) is null
                && Processes("").All(process => process.Contains("sleep 300", StringComparison.Ordinal)),
            "only the grandchildren are left");
        await Poll.UntilAsync(() => Processes(Stubborn).Count == 5, "all five are left");

        using var host = await HostAsync();

        Assert.NotEqual(dead, host.Record.Pid);
        Assert.Empty(Processes(Stubborn));
        await ForgetAsync();
    }

    [Fact]
    public async Task A_plugin_takes_its_children_along()
    {
        var dev = await RunAsync();
        Kill(Pid(Assert.Single(RunningPlugins())));
        await dev.StateAsync(state => state.Generation == 2);

        await AssertChildrenAsync(); // of the plugin those of the second
    }

    [Fact]
    public async Task Vite_takes_its_children_along()
    {
        var dev = await RunAsync();

        Kill(Pid(Assert.Single(Processes("vite.js"))));
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        await dev.ViteReadyAsync();

        await AssertChildrenAsync();
    }

    /// <summary>What the next host, and Omniview or the plugin's next start, do with the files of the dead.</summary>
    private async Task ForgetAsync()
    {
        await HostAsync();
        File.Delete(DevInfo);
    }

    /// <summary>
    /// As many as there were, and no more: a shell that is just starting its sleep counts twice for a moment. Then they
    /// are killed, since they would have their five seconds.
    /// </summary>
    private async Task AssertChildrenAsync()
    {
        await Poll.UntilAsync(
            () => (Processes("# the plugin's").Count, Processes("# vite's").Count) == (3, 2), "three children of " +
                "the plugin, two of Vite");
        var looks = 0; // a shell may just start its next sleep, which is not seen for a moment
        await Poll.UntilAsync(
            () =>
            {
                var left = Processes(Stubborn).Concat(Processes("sleep 300")).ToList();
                left.ForEach(process => Signals.TrySend(Pid(process), Signals.Kill));
                looks = left.Count == 0 ? looks + 1 : 0;
                return looks == 2;
            },
            "they have died");
    }

    private async Task<Dev> RunAsync()
    {
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        await dev.StateAsync(
            state => state is { ViteStatus: ProcessStatus.Ready, GoStatus: ProcessStatus.Ready, GrpcConnected: true });
        await Poll.UntilAsync(() => Processes(Stubborn).Count == 5, "all have their children");
        return dev;
    }
}
