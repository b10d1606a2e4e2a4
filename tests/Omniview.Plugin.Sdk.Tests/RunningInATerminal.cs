using System.Text.RegularExpressions;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed partial class RunningInATerminal(PackageCache packages) : DevScratch(packages)
{
    [Theory]
    [InlineData("dotnet run", 0)]
    [InlineData("dotnet build -t:Dev", 1)] // to MSBuild a cancelled build is a failed one
    public async Task Ends_in_good_order_after_ctrl_c_in_a_terminal(string command, int exitCode)
    {
        CopySample();
        await using var terminal = new Terminal(Root, (program, arguments) => RunAsync(program, arguments));
        await terminal.OpenAsync();
        await terminal.TypeAsync($"{command}; echo ended with $?");
        await terminal.WaitForAsync(
            screen =>
                screen.Contains("ready in ", StringComparison.Ordinal)
                && screen.Contains("UI   http", StringComparison.Ordinal),
            "the plugin and its UI are ready");

        await terminal.PressCtrlCAsync();
        var end = await terminal.WaitForAsync(screen => EndedWithCode().IsMatch(screen), "the command has ended");

        Assert.Equal($"ended with {exitCode}", EndedWithCode().Match(end).Value);
        Assert.DoesNotContain("nhandled", end, StringComparison.Ordinal);
        Assert.Equal(
            exitCode == 1, end.Contains("\nStopped in good order; MSBuild says FAILED of whatever Ctrl+C " +
                "ends.\nended with 1", StringComparison.Ordinal));

        Assert.DoesNotContain(
            LivingProcesses(),
            process =>
                process.Contains("dotnet", StringComparison.Ordinal)
                || process.Contains("vite", StringComparison.Ordinal)
                || process.Contains("plugin", StringComparison.Ordinal));
        Assert.False(File.Exists(DevInfo));
    }

    private const string Keys = "  o dashboard  r rebuild  q quit  ? help";

    [Fact]
    public async Task Shows_on_a_terminal_how_the_plugin_is_below_the_log_and_leaves_the_terminal_as_it_was()
    {
        CopySample();
        await using var terminal = new Terminal(Root, (program, arguments) => RunAsync(program, arguments));
        await terminal.OpenAsync();
        var tool = $"'{Repository.CommandLineTool}' --no-vite";
        await terminal.TypeAsync($"stty -g > before; NO_COLOR=1 {tool}; echo ended with $?");
        var plain = await terminal.WaitForAsync(
            screen => screen.Contains("ready in ", StringComparison.Ordinal), "it is ready, in plain lines");
        Assert.DoesNotContain("q quit", plain, StringComparison.Ordinal);
        await terminal.PressCtrlCAsync();
        await terminal.WaitForAsync(screen => EndedWithCode().IsMatch(screen), "the plain one has ended");
        await terminal.TypeAsync($"clear; {tool}; echo ended with $?; stty -g > after");
        await terminal.WaitForAsync(
            screen =>
                LastLine(screen)
                    .StartsWith($"* {SampleId} ready | backend ready, generation 1", StringComparison.Ordinal),
            "the status is the last line");

        await File.AppendAllTextAsync(
            InProject("pkg/greeting.go"),
            "\nvar broken int = missing // \u001b[2J\n",
            TestContext.Current.CancellationToken);
        await terminal.WaitForAsync(
            screen =>
                LastLine(screen).Contains("error, stale", StringComparison.Ordinal)
                && LastLine(screen, 2).StartsWith("  GO7075 pkg/greeting.go(", StringComparison.Ordinal),
            "the problem is above the status");
        await terminal.ResizeAsync(60);
        await terminal.WaitForAsync(screen => LastLine(screen) == Keys, "there are keys on a narrow terminal, too");
        await terminal.PressAsync('?');
        await terminal.ResizeAsync(120);
        var resized = await terminal.WaitForAsync(
            screen =>
                screen.Contains("r  rebuilds the backend", StringComparison.Ordinal)
                && LastLine(screen) == Keys
                && LastLine(screen, 2).StartsWith("* ", StringComparison.Ordinal)
                && LastLine(screen, 2).EndsWith("problems: 1", StringComparison.Ordinal),
            "the keys are told, and the status is whole again");
        Assert.Single(
            resized.Split('\n'),
            line =>
                line.Contains("problems: 1", StringComparison.Ordinal)
                || line.StartsWith("* ", StringComparison.Ordinal));

        await terminal.PressAsync('r');
        await terminal.WaitForAsync(screen => screen.Split("build failed after").Length == 3, "it was built again");
        Assert.Single(
            resized.Split('\n'),
            line => line.Contains("  GO7075: https://pkg.go.dev/", StringComparison.Ordinal)
        );
        await terminal.PressAsync('q');
        var end = await terminal.WaitForAsync(screen => EndedWithCode().IsMatch(screen), "it has ended");

        Assert.Equal("ended with 0", EndedWithCode().Match(end).Value);
        Assert.DoesNotContain($"* {SampleId}", end, StringComparison.Ordinal);
        Assert.DoesNotContain("problems: none", end, StringComparison.Ordinal); // there is still one
        await Poll.UntilAsync(
            () => File.Exists(InProject("after")) && new FileInfo(InProject("after")).Length > 0,
            "the terminal's " + "settings are written down");
        Assert.Equal(
            await File.ReadAllTextAsync(InProject("before"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(InProject("after"), TestContext.Current.CancellationToken));

        static string LastLine(string screen, int from = 1) =>
            screen.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { } lines && lines.Length >= from
            ? lines[^from].TrimEnd()
            : "";
    }

    [GeneratedRegex(@"^ended with \d+", RegexOptions.Multiline)]
    private static partial Regex EndedWithCode();
}
