using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ReadingTheLog : VerbScratch
{
    [Fact]
    public async Task The_log_is_filtered_and_followed_until_the_plugin_is_stopped()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        await dev.LogAsync("Local:");
        await dev.ViteReadyAsync();

        Assert.EndsWith(
            $"http://127.0.0.1:{dev.States[^1].VitePort}/",
            (await AskAsync("logs", "--source", "vite", "--grep", "local|LOCAL|Local", "-n", "1")).Output,
            StringComparison.Ordinal);
        Assert.Equal((0, ""), await AskAsync("logs", "--source", "plugin"));
        Assert.Equal((0, ""), await AskAsync("logs", "--level", "error"));
        var line = CliSchema.Check(
            "logs", (await AskAsync("logs", "--json", "--source", "vite", "--grep", "Local:(?=.*http)")).Output);
        Assert.Equal("vite", line.GetProperty("source").GetString());

        var following = StartCommandLine("logs", "-f");
        var head = StartCommandLineWith(["sh", "-c", "\"$@\" | head -1", "sh"], "logs", "-f", "--grep", "Local:");
        await following.WaitForAsync("Local:");
        await head.WaitForAsync("Local:");
        Assert.Equal(0, (await AskAsync("restart")).ExitCode);
        Assert.Equal(0, await head.ExitAsync()); // nobody reads the second line
        await following.WaitForAsync(text => text.Split("Local:").Length == 3);
        Assert.Equal(0, (await AskAsync("stop")).ExitCode);

        Assert.Equal(0, await following.ExitAsync());
    }

    [Theory]
    [InlineData(">", "")]
    [InlineData(">>", "before\n")]
    public async Task The_log_in_a_file_is_followed_by_what_is_written_next(string redirection, string before)
    {
        var dev = await KeepHostAsync();
        await dev.ViteReadyAsync();
        var file = Path.Combine(Root, "log.txt");
        await File.WriteAllTextAsync(file, before.Length > 0 ? before : "old\n", Cancellation);

        var shell = StartCommandLineWith(
            ["sh", "-c", $"{{ echo first; \"$@\"; echo after; }} {redirection} '{file}'", "sh"], "logs");

        Assert.Equal(0, await shell.ExitAsync());
        var log = (await AskAsync("logs")).Output.Split('\n');
        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        Assert.Equal([.. before.Split('\n', StringSplitOptions.RemoveEmptyEntries), "first", .. log, "after"], lines);
    }

    [Fact]
    public async Task A_pattern_that_takes_for_ever_is_told()
    {
        var dev = await KeepHostAsync();
        await dev.ViteReadyAsync();

        var (exitCode, output) = await AskAsync("logs", "--level", "debug", "--grep", "(?=.)(.+.+)+$(?<!.)");

        Assert.Equal(2, exitCode);
        Assert.Contains("error OVP3051: ", output, StringComparison.Ordinal);
    }
}
