using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class DyingInService : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_that_dies_is_reported_and_started_again_after_a_pause()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        Kill(first.PluginPid);
        await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        var dead = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);
        Assert.Equal((0, false, false), (dead.PluginPid, dead.GrpcConnected, dead.Stale));
        await dev.LogAsync("started again in 1 s");

        var second = await dev.ReadyAsync(2);
        Assert.NotEqual(first.PluginPid, second.PluginPid);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Empty(dev.Errors);

        Kill(second.PluginPid);
        await dev.LogAsync("started again in 2 s");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Sooner\"");
        await dev.ReadyAsync(3);
        Assert.Equal("Sooner, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task One_that_ends_without_an_error_comes_back_at_once_and_in_the_end_after_pauses()
    {
        var end = Path.Combine(Root, "end");
        Write("pkg/end.go", $$"""
            package main

            import (
            	"os"
            	"time"
            )

            func init() {
            	go func() {
            		for os.Remove("{{end}}") != nil {
            			time.Sleep(5 * time.Millisecond)
            		}
            		os.Exit(0)
            	}()
            }
            """);
        var dev = await OpenAsync();
        var plugin = await dev.ReadyAsync(1);

        for (var time = 1; time <= 10; time++)
        {
            await File.WriteAllTextAsync(end, "", Cancellation);
            await dev.LogAsync("exit code 0, as it does when a client closes it. It is started again.");
            var before = plugin.PluginPid;
            plugin = await dev.StateAsync(state => state.GrpcConnected && state.PluginPid != before);
        }

        await File.WriteAllTextAsync(end, "", Cancellation);
        await dev.LogAsync("It is started again in 1 s.");
        await dev.StateAsync(state => state is { GrpcConnected: true, Generation: 1 });
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_stop_during_the_pause_starts_nothing_more()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);
        Kill(first.PluginPid);
        await dev.LogAsync("started again in 1 s");

        await dev.Session.EndAsync(); // returns when the host has ended

        Assert.DoesNotContain(dev.States, state => state.Generation > 1);
    }
}
