using Microsoft.Playwright;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>The real sample with the real Go and Vite.</summary>
public sealed class MendingErrorsInTheBrowser(SharedBrowser browser) : DashboardScratch(browser)
{
    [Fact]
    public async Task An_error_is_there_with_its_code_at_once_and_gone_when_it_is_mended_and_a_dead_Vite_comes_back()
    {
        Plugins.CopySample(Project);
        var editor = Path.Combine(Root, "opened");
        var tool = FakeTool("an editor", $"printf '%s\\n' \"$@\" > '{editor}.new'; mv '{editor}.new' '{editor}'\n");
        var dev = await OpenAsync(Settings(Project) with { Editor = $"'{tool}' {{file}} {{line}} {{column}}" });
        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        var page = await OpenDashboardAsync(dev.Host);
        await Card(page).Locator("header .status.is-ready").WaitForAsync();
        await page.EvaluateAsync("window.sameAsBefore = true");
        Assert.StartsWith($"✓ ready · {Plugins.Id}", await page.TitleAsync(), StringComparison.Ordinal);

        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        await page.Locator(".problem").WaitForAsync();
        var failed = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

        var problem = page.Locator(".problem");
        Assert.Contains(
            "undefined: missing", await problem.Locator(".message").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("const greeting = missing", await problem.Locator(".it code").InnerTextAsync());
        Assert.Equal("missing", await problem.Locator(".it mark").InnerTextAsync());
        Assert.Equal("pkg/greeting.go", await page.Locator(".file .name").InnerTextAsync());
        Assert.StartsWith("https://", await problem.Locator("a").GetAttributeAsync("href"), StringComparison.Ordinal);
        await Card(page).Locator(".stale").GetByText("Stale: build failed").WaitForAsync();
        await Card(page).Locator(".stale").GetByText("generation 1 still running").WaitForAsync();
        await UntilAsync(
            page, "document.title.startsWith('✕ 1 error, stale') && " +
                "document.querySelector('link[rel=icon]').href.endsWith('/icons/error.svg')");

        await page.Keyboard.PressAsync("e");
        Assert.True(await problem.EvaluateAsync<bool>("one => one === document.activeElement"));
        await page.Keyboard.PressAsync("o");
        await Poll.UntilAsync(() => File.Exists(editor), "the editor was started");
        Assert.Equal(
            [Path.Combine(Project, "pkg/greeting.go"), "4", "18"], await File.ReadAllLinesAsync(editor, Cancellation));

        Replace("pkg/greeting.go", "missing", "\"Ahoy\"");
        await UntilAsync(page, "document.querySelector('.problem, .stale') === null");
        await Card(page).GetByText("generation 2", new() { Exact = true }).WaitForAsync();
        await Card(page).Locator("header .status.is-ready").WaitForAsync();
        await page.Locator(".mark.is-generation", new() { HasText = "Generation 2" }).WaitForAsync();
        Assert.Equal("Ahoy, Ada!", await GreetAsync());

        var vite = Pid(Assert.Single(Processes("vite.js")));
        Kill(vite);
        await Card(page).Locator("dd .status.is-error").WaitForAsync();
        await page.Locator("[data-problem=OVP3006]").WaitForAsync();
        await Card(page).Locator("header .status.is-ready").WaitForAsync();
        await UntilAsync(page, "document.querySelector('.problem') === null");
        Assert.NotEqual(vite, Pid(Assert.Single(Processes("vite.js"))));
        Assert.Equal($"{ready.ViteUrl}/", await Card(page).Locator("dd a").EvaluateAsync<string>("link => link.href"));
        Replace("ui/src/Heading.tsx", "<h1>", "<h1");
        var trouble = Card(page).Locator(".trouble.ui");
        await trouble.GetByText("UI: error", new() { Exact = true }).WaitForAsync();
        Assert.Equal("UI: error", (await Card(page).Locator("header .status").InnerTextAsync()).Trim());
        File.Delete(editor);
        await trouble.Locator("button.place").ClickAsync();
        await Poll.UntilAsync(() => File.Exists(editor), "the editor was started");
        Assert.Equal(
            Path.Combine(Project, "ui/src/Heading.tsx"), (await File.ReadAllLinesAsync(editor, Cancellation))[0]);
        Replace("ui/src/Heading.tsx", "<h1", "<h1>");
        await trouble.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.True(await page.EvaluateAsync<bool>("window.sameAsBefore"), "the page was not loaded again");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task A_new_program_that_panics_is_told_as_that_and_its_place_opens_in_the_editor()
    {
        Plugins.CopyBackend(Project);
        var editor = Path.Combine(Root, "opened");
        var script = $"printf '%s\\n' \"$@\" > '{editor}.new'; mv '{editor}.new' '{editor}'\n";
        var dev = await OpenAsync(
            Settings(Project) with { Editor = $"'{FakeTool("editor", script)}' {{file}} {{line}}" });
        await dev.ReadyAsync(1);
        var page = await OpenDashboardAsync(dev.Host);

        Write("pkg/panics.go", "package main\n\nfunc init() {\n\tpanic(\"boom\")\n}\n");

        var stale = Card(page).Locator(".stale");
        await stale.GetByText("generation 1 still running").WaitForAsync();
        Assert.DoesNotContain("build failed", await stale.InnerTextAsync(), StringComparison.Ordinal);
        var message = (await page.Locator(".problem .message").InnerTextAsync()).Split('\n');
        Assert.Contains("panic: boom", message);
        Assert.Contains("goroutine 1 [running]:", message);
        await stale.GetByRole(AriaRole.Button, new() { Name = "pkg/panics.go:4" }).ClickAsync();
        await Poll.UntilAsync(() => File.Exists(editor), "the editor was started");
        Assert.Equal([Path.Combine(Project, "pkg/panics.go"), "4"], await File.ReadAllLinesAsync(editor, Cancellation));
    }
}
