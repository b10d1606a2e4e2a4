using System.Runtime.InteropServices;
using System.Text.Json;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class TellingPrograms : HostScratch
{
    [Fact]
    public async Task The_command_line_prints_nothing_but_JSON_from_started_to_stopped()
    {
        Plugins.CopyBackend(Project);
        var commandLine = StartCommandLine("--dir", Project, "--json");
        await commandLine.WaitForAsync("ready in ");

        commandLine.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await commandLine.ExitAsync());
        var events = commandLine.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToList();
        Assert.Equal(("started", "stopped"), (events[0], events[^1]));
        Assert.Contains("status", events);
        Assert.Contains("log", events);
    }

    [Fact]
    public async Task The_last_line_says_why_there_is_no_loop()
    {
        var commandLine = StartCommandLine("--dir", Project, "--json");

        Assert.Equal(1, await commandLine.ExitAsync());

        var line = Assert.Single(
            commandLine.Text.Split('\n'),
            line => line.StartsWith("{\"event\":\"stopped\",\"exitCode\":1,", StringComparison.Ordinal));
        Assert.Equal(
            "OVP1001", JsonDocument.Parse(line).RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
