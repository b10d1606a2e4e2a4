using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class LosingTheDebugger : DebugScratch
{
    [Fact]
    public async Task One_that_dies_is_reported_and_started_again_though_its_debugger_lives()
    {
        var dev = await DebugAsync();
        var first = await dev.ReadyAsync(1);

        Kill(first.PluginPid);

        await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        await dev.LogAsync("started again in 1 s");
        await dev.ReadyAsync(2);
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_debugger_that_is_killed_takes_it_along_and_both_are_started_again(bool atBreakpoint)
    {
        var dev = await DebugAsync();
        var first = await dev.ReadyAsync(1);
        if (atBreakpoint)
        {
            await Dlv.CallAsync(await PortAsync(dev), "Command", """{"name":"halt"}""");
        }

        Kill(Pid(Assert.Single(Debuggers())));
        var second = await dev.ReadyAsync(2);

        Assert.NotEqual(first.PluginPid, second.PluginPid);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Contains(
            Running,
            await Dlv.CallAsync(await PortAsync(dev), "State", """{"NonBlocking":true}"""),
            StringComparison.Ordinal);
        Assert.Single(Debuggers());
        Assert.Equal(
            second.PluginPid,
            Pid(
                Assert.Single(
                    RunningPlugins(), process => !process.Contains(" exec --headless ", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dev_host_that_is_killed_leaves_neither_debugger_nor_plugin(bool atBreakpoint)
    {
        var dev = await DebugAsync();
        await dev.ReadyAsync(1);
        if (atBreakpoint)
        {
            await Dlv.CallAsync(await PortAsync(dev), "Command", """{"name":"halt"}""");
        }

        Kill(dev.Host.Record.Pid);

        await Poll.UntilAsync(() => Processes("").Count == 0, "nobody is left");
        await HostAsync(); // the next one clears the files away
        File.Delete(DevInfo);
    }

    [Fact]
    public async Task A_client_of_the_debugger_that_is_killed_changes_nothing_and_keeps_nothing_alive()
    {
        var dev = await DebugAsync();
        var first = await dev.ReadyAsync(1);
        var port = await PortAsync(dev);
        // it ends with its input
        var client = Start(
            "sh", "-c", "sleep 300 | exec \"$@\"", "sh", Dlv.Path, "connect", $"127.0.0.1:{port}");
        await client.WaitForAsync("Type 'help' for list of commands");
        await Poll.UntilAsync(
            async () =>
                !(await Dlv.CallAsync(port, "State", """{"NonBlocking":true}""")).Contains(
                    Running,
                    StringComparison.Ordinal),
            "it was halted, as by every dlv connect");

        Kill(Pid(Assert.Single(
            Processes(" connect 127.0.0.1:"), process => !process.Contains(" -c ", StringComparison.Ordinal))));
        Kill(Pid(Assert.Single(
            Processes("sleep 300"), process => !process.Contains(" -c ", StringComparison.Ordinal))));
        await client.ExitAsync();

        var going = Dlv.CallAsync(port, "Command", """{"name":"continue"}""");
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.False(going.IsCompleted);
        Assert.Equal(first.PluginPid, dev.States[^1].PluginPid);
    }
}
