using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class DebuggingThePlugin : DebugScratch
{
    [Fact]
    public async Task It_runs_under_the_debugger_on_a_port_that_stays_the_same_from_swap_to_swap()
    {
        var dev = await DebugAsync();
        var first = await dev.ReadyAsync(1);
        var port = await PortAsync(dev);
        Assert.Contains(
            dev.Logs,
            entry =>
                entry.Message.Contains(
                    "\"mode\": \"remote\", \"host\": \"127.0.0.1\", \"port\": " + $"{port} }}",
                    StringComparison.Ordinal));
        Assert.Contains(
            Running, await Dlv.CallAsync(port, "State", """{"NonBlocking":true}"""), StringComparison.Ordinal);
        Assert.Equal("Hello, Ada!", await GreetAsync());

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        var second = await dev.ReadyAsync(2);

        Assert.Contains(
            Running, await Dlv.CallAsync(port, "State", """{"NonBlocking":true}"""), StringComparison.Ordinal);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());
        Assert.NotEqual(first.PluginPid, second.PluginPid);
        Assert.Equal(second.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
        // the plugin, not its debugger
        Assert.Equal(Installed("bin/plugin"), new FileInfo($"/proc/{second.PluginPid}/exe").LinkTarget);
        Assert.Single(Debuggers());
    }

    [Fact]
    public async Task Without_a_port_of_the_authors_it_is_one_that_follows_from_the_id()
    {
        var dev = await OpenAsync(Settings(Project) with { Go = new() { Debuggable = true, DlvPath = Dlv.Path } });

        await dev.ReadyAsync(1);

        Assert.InRange(await PortAsync(dev), PortRange.Debuggers.First, PortRange.Debuggers.Last);
    }

    [Fact]
    public async Task At_a_breakpoint_it_is_not_taken_for_unhealthy_and_a_save_replaces_it_all_the_same()
    {
        var dev = await DebugAsync();
        await dev.ReadyAsync(1);
        var port = await PortAsync(dev);

        await Dlv.CallAsync(port, "Command", """{"name":"halt"}""");
        await dev.LogAsync("stands at a breakpoint");
        Assert.True(dev.States[^1].GrpcConnected);
        Assert.DoesNotContain(dev.Logs, entry => entry.Message.Contains("does not answer", StringComparison.Ordinal));

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());

        await Dlv.CallAsync(port, "Command", """{"name":"halt"}"""); // and so it is when the session ends
    }

    [Fact]
    public async Task A_breakpoint_stops_it_and_another_one_the_next_generation_on_the_same_port()
    {
        var dev = await DebugAsync();
        await dev.ReadyAsync(1);
        var port = await PortAsync(dev);
        await AssertStopsInGreetAsync("Hello, Ada!");

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        await AssertStopsInGreetAsync("Ahoy, Ada!");

        async Task AssertStopsInGreetAsync(string greeting)
        {
            await Dlv.CallAsync(port, "Command", """{"name":"halt"}"""); // as dlv connect does before it takes commands
            var set = await Dlv.CallAsync(port, "CreateBreakpoint", """{"Breakpoint":{"functionName":"main.greet"}}""");
            Assert.Contains("\"functionName\":\"main.greet\"", set, StringComparison.Ordinal);
            var stopping = Dlv.CallAsync(port, "Command", """{"name":"continue"}"""); // answered at the breakpoint
            await Poll.UntilAsync(
                async () =>
                    (await Dlv.CallAsync(port, "State", """{"NonBlocking":true}""")).Contains(
                        Running,
                        StringComparison.Ordinal),
                "it goes on");
            var greeted = GreetAsync();
            var stopped = await stopping;
            Assert.Contains("\"name\":\"main.greet\"", stopped, StringComparison.Ordinal);
            Assert.False(greeted.IsCompleted);

            var going = Dlv.CallAsync(port, "Command", """{"name":"continue"}""");
            Assert.Equal(greeting, await greeted);
            Assert.False(going.IsCompleted);
        }
    }

    [Fact]
    public async Task A_panic_is_told_and_the_next_save_replaces_it()
    {
        var panic = Path.Combine(Root, "panic");
        Write("pkg/panics.go", $$"""
            package main

            import (
            	"os"
            	"time"
            )

            func init() {
            	go func() {
            		for {
            			if _, err := os.Stat("{{panic}}"); err == nil {
            				panic("at the disco")
            			}
            			time.Sleep(10 * time.Millisecond)
            		}
            	}()
            }
            """);
        var dev = await DebugAsync();
        await dev.ReadyAsync(1);

        await File.WriteAllTextAsync(panic, "", Cancellation);
        var told = await dev.LogAsync("has panicked");
        File.Delete(panic);
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.Equal("error", told.Level);
        Assert.Contains($"dlv connect 127.0.0.1:{await PortAsync(dev)}", told.Message, StringComparison.Ordinal);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task When_the_new_one_does_not_start_the_old_one_comes_back()
    {
        var dev = await DebugAsync();
        await dev.ReadyAsync(1);
        var port = await PortAsync(dev);

        Write("pkg/main.go", Programs.Ending);
        var problem = await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        var stale = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Contains("last word", problem.Message, StringComparison.Ordinal);
        Assert.Equal((1, true, true), (stale.Generation, stale.Stale, stale.GrpcConnected));
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Contains(
            Running, await Dlv.CallAsync(port, "State", """{"NonBlocking":true}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_dlv_it_runs_without_a_debugger_and_that_is_said_once()
    {
        var dev = await OpenAsync(
            Settings(Project) with { Go = new() { Debuggable = true, DlvPath = Path.Combine(Root, "no", "dlv") } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.DelveNotFound);
        await dev.ReadyAsync(1);
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.Equal("warning", problem.Severity);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());
        Assert.Single(dev.Logs, entry => entry.Message.Contains("without a debugger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_somebody_else_has_is_left_to_them()
    {
        using var other = new TcpListener(IPAddress.Loopback, OwnPorts.PortStart);
        other.Start();

        var dev = await DebugAsync();

        await dev.LogAsync($"can't have port {OwnPorts.PortStart}");
        await dev.ReadyAsync(1);
        Assert.NotEqual(OwnPorts.PortStart, await PortAsync(dev));
    }
}
