using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed partial class RunningTheDevLoop(PackageCache packages) : DevScratch(packages)
{
    [Fact]
    public async Task Swaps_the_plugin_on_a_go_save_and_updates_the_page_on_a_ui_save_with_its_state_kept()
    {
        CopySample();
        var dev = Start("dotnet", "build", "-nologo", "-tl:off", "-t:Dev");
        var ui = await ReadyAsync(dev);
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(ui);
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Clicked 0 times" }).ClickAsync();
        await page.EvaluateAsync("window.untouched = true");

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.WaitForAsync(text => Generation(text) >= 2);
        var answer = await GreetAsync();
        Replace("ui/src/Heading.tsx", "Hello from Omniview", "Edited while running");
        await page.GetByText("Edited while running").WaitForAsync();

        Assert.StartsWith("Ahoy, Ada", answer, StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("window.untouched"), "the page was reloaded");
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Clicked 1 time" }).WaitForAsync();

        dev.Signal(PosixSignal.SIGINT);
        await dev.ExitAsync();
        await AssertAllGoneAsync(ui);
    }

    [Fact]
    public async Task Keeps_the_plugin_running_when_a_save_breaks_it_and_takes_the_error_back_when_it_is_mended()
    {
        CopySample();
        var dev = Start("dotnet", "build", "-nologo", "-tl:off", "-t:Dev", "-p:OmniviewNoVite=true");
        await dev.WaitForAsync("ready in ");
        var file = InProject("pkg/greeting.go");
        var good = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(
            file, good + "\nvar broken int = missing\n", TestContext.Current.CancellationToken);
        var line = good.Split('\n').Length + 1;
        await dev.WaitForAsync($"{file}({line},18): error GOUndeclaredName: undefined: missing");
        await dev.WaitForAsync("generation 1 keeps running");
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            file,
            good.Replace("\"Hello\"", "\"Mended\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await dev.WaitForAsync(text => Generation(text) >= 2);

        Assert.StartsWith("Mended, Ada", await GreetAsync(), StringComparison.Ordinal);
        Assert.Contains("problems: none", dev.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{SampleId} | ", dev.Text, StringComparison.Ordinal); // there is no other

        dev.Signal(PosixSignal.SIGINT);
        await dev.ExitAsync();
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_dotnet_run_is_told_to_end()
    {
        CopySample();
        var dev = Start("dotnet", "run");
        var ui = await ReadyAsync(dev);

        dev.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await dev.ExitAsync());
        await AssertAllGoneAsync(ui);
    }

    [Fact]
    public async Task Takes_options_behind_dotnet_run()
    {
        CopySample();
        var dev = Start("dotnet", "run", "--", "--no-vite");
        await dev.WaitForAsync("ready in ");

        Assert.DoesNotContain(LivingProcesses(), process => process.Contains("vite.js", StringComparison.Ordinal));

        dev.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await dev.ExitAsync());
    }

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
                && LastLine(screen, 2).StartsWith("  GOUndeclaredName pkg/greeting.go(", StringComparison.Ordinal),
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
            line => line.Contains("  GOUndeclaredName: https://pkg.go.dev/", StringComparison.Ordinal)
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

    [Fact]
    public async Task Leaves_nothing_behind_when_it_is_killed()
    {
        CopySample();
        var dev = Start("dotnet", "build", "-nologo", "-tl:off", "-t:Dev");
        var ui = await ReadyAsync(dev);

        dev.Kill();

        await AssertAllGoneAsync(ui);
    }

    [Fact]
    public async Task Serves_a_folder_without_a_project_file()
    {
        CopySample();
        File.Delete(ProjectFile);
        var dev = Start(Repository.CommandLineTool, "--dir", Project);
        var ui = await ReadyAsync(dev);

        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);

        dev.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await dev.ExitAsync());
        await AssertAllGoneAsync(ui);
    }

    [Fact]
    public async Task Tells_omniview_where_the_plugin_is()
    {
        CopySample();
        var dev = Start(Repository.CommandLineTool, "--dir", Project);
        var ui = await ReadyAsync(dev);

        using var devInfo = JsonDocument.Parse(await File.ReadAllTextAsync(
            DevInfo, TestContext.Current.CancellationToken));
        var pid = devInfo.RootElement.GetProperty("pid").GetInt32();
        Assert.Contains(
            Path.Combine(State, "plugins", SampleId, "bin", "plugin"),
            await File.ReadAllTextAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(SampleId, devInfo.RootElement.GetProperty("pluginId").GetString());
        Assert.Equal(new Uri(ui).Port, devInfo.RootElement.GetProperty("vitePort").GetInt32());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DevInfo));

        dev.Signal(PosixSignal.SIGTERM);
        await dev.ExitAsync();
    }

    [Fact]
    public async Task Says_what_to_use_under_dotnet_watch()
    {
        CopySample();
        Environment["DOTNET_WATCH"] = "1";

        Assert.Contains("error OVP3004: ", (await BuildAsync("-t:Dev")).ShouldFail().Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ended with \d+", RegexOptions.Multiline)]
    private static partial Regex EndedWithCode();
}
