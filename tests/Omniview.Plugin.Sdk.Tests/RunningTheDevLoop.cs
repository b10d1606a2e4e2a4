using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Playwright;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class RunningTheDevLoop(PackageCache packages) : DevScratch(packages)
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
        await ShowsAsync(page, "Edited while running", "/src/Heading.tsx", dev);

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
        await dev.WaitForAsync($"{file}({line},18): error GO7075: undefined: missing");
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
        CopyBackend();
        Environment["DOTNET_WATCH"] = "1";

        Assert.Contains("error OVP3004: ", (await BuildAsync("-t:Dev")).ShouldFail().Output, StringComparison.Ordinal);
    }

    /// <summary>The page shows the text; if it never does, what it shows and what Vite would give it is told.</summary>
    private static async Task ShowsAsync(IPage page, string text, string module, Shell dev)
    {
        try
        {
            await page.GetByText(text).WaitForAsync();
        }
        catch (TimeoutException e)
        {
            var shown = await page.InnerTextAsync("body");
            var served = await page.EvaluateAsync<string>("url => fetch(url).then(answer => answer.text())", module);
            Assert.Fail($"{e.Message}\nThe page:\n{shown}\nVite's {module}:\n{served}\nThe loop:\n{dev.Text}");
        }
    }
}
