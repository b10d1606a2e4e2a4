using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class UsingTheDashboardWithoutAMouse(SharedBrowser browser) : DashboardScratch(browser)
{
    private static readonly string Axe = Path.Combine(
        Repository.Root, "src", "Omniview.Plugin.Dashboard", "node_modules", "axe-core", "axe.min.js");

    [Fact]
    public async Task Keys_reach_everything_and_axe_finds_nothing_serious_in_any_state_theme_or_width()
    {
        Plugins.CopyBackend(Project);
        await KeepHostAsync();
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var page = await OpenDashboardAsync(dev.Host);
        await SeeLineAsync(page, "ready in ");
        await AssertAccessibleAsync(page, "ready");

        await page.Keyboard.PressAsync("?");
        await page.Locator("dialog[open]").WaitForAsync();
        await AssertAccessibleAsync(page, "help");
        await page.Keyboard.PressAsync("Escape");
        await UntilAsync(page, "document.querySelector('dialog[open]') === null");

        await page.Keyboard.PressAsync("r"); // of two plugins it is not clear which
        await UntilAsync(page, "document.querySelector('[role=status]').textContent.includes('Choose a plugin first')");
        await page.Keyboard.PressAsync("1");
        await page.Locator(".card.chosen").WaitForAsync();
        Assert.EndsWith($"#plugin={Plugins.Id}", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("r");
        await dev.LogAsync("unchanged after");
        await SeeLineAsync(page, "unchanged after");
        foreach (
            var (key, name) in new[]
            {
                ("w", "Wrap long lines"),
                ("t", "Time of each line"),
                ("x", "Collapse repeated lines"),
                ("f", "Follow the newest line"),
            })
        {
            var toggle = page.Locator($"[aria-label='{name}']");
            var before = await toggle.GetAttributeAsync("aria-pressed");
            await page.Keyboard.PressAsync(key);
            await page.Locator($"[aria-label='{name}'][aria-pressed={(before == "true" ? "false" : "true")}]")
                .WaitForAsync();
        }

        await page.Keyboard.PressAsync("c");
        await page.Locator(".lines .empty").WaitForAsync();
        await page.Keyboard.PressAsync("0");
        await UntilAsync(page, "document.querySelector('.card.chosen') === null");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("fwtc?");
        Assert.Equal("fwtc?", await page.Locator("#filter").InputValueAsync()); // letters in a field are letters

        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("log", await page.EvaluateAsync<string>("document.activeElement.getAttribute('role')"));
        Replace("pkg/greeting.go", "\"Hello\"", "missing + another");
        await UntilAsync(page, "document.querySelectorAll('.problem .frame').length === 2");
        await UntilAsync(page, "document.querySelector('[role=status]').textContent === '2 errors'");
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("e");
        Assert.Contains(
            "another",
            await page.EvaluateAsync<string>("document.activeElement.textContent"),
            StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Shift+E");
        Assert.Contains(
            "missing",
            await page.EvaluateAsync<string>("document.activeElement.querySelector('.message').textContent"),
            StringComparison.Ordinal);
        Assert.NotEqual(
            "none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await AssertAccessibleAsync(page, "error");

        await page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await AssertAccessibleAsync(page, "error, dark");
        await page.EmulateMediaAsync(
            new()
            {
                ForcedColors = Microsoft.Playwright.ForcedColors.Active,
                ReducedMotion = Microsoft.Playwright.ReducedMotion.Reduce,
            });
        Assert.Equal(
            "none",
            await page.Locator(".glyph path")
                .First.EvaluateAsync<string>("path => getComputedStyle(path).animationName"));
        await page.SetViewportSizeAsync(360, 700);
        await AssertAccessibleAsync(page, "narrow");
        Assert.True(await page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= 360"), "nothing is wider than the page");
        Assert.Empty(Complaints);
    }

    internal static async Task AssertAccessibleAsync(Microsoft.Playwright.IPage page, string state)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe, Cancellation) + "\n;undefined");
        var found = await page.EvaluateAsync<string[]>("""
            axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`)))
            """);
        Assert.True(found.Length == 0, $"{state}:\n{string.Join('\n', found)}");
    }
}
