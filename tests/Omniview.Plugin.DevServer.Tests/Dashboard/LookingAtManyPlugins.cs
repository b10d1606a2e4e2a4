using Microsoft.Playwright;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class LookingAtManyPlugins(SharedBrowser browser) : DashboardScratch(browser)
{
    private const string Rows20 = "document.querySelectorAll('[data-row-of]').length === 20";

    [Fact]
    public async Task Twenty_fit_a_window_with_the_chosen_one_beside_them_and_named_over_log_and_problems()
    {
        var page = await StageAsync(20, errors: true);
        await UntilAsync(page, Rows20);

        Assert.True(await page.EvaluateAsync<bool>("""
            [...document.querySelectorAll('[data-row-of]')].every(
              row => row.getBoundingClientRect().bottom <= innerHeight)
            """));
        Assert.Equal(0, await page.Locator(".card").CountAsync());
        Assert.Equal(["Problems of all plugins 2", "Log of all plugins"], await HeadingsAsync(page));

        await Row(page, 20).ClickAsync();
        await Card(page, StagedPlugins.Name(20)).GetByText("127.0.0.1:15020").WaitForAsync();
        Assert.Equal(["Problems of plugin-20 1", "Log of plugin-20"], await HeadingsAsync(page));
        var (row, card) = (await Row(page, 20).BoundingBoxAsync(), await page.Locator(".card").BoundingBoxAsync());
        Assert.True(card!.X >= row!.X + row.Width, "the details are beside the list");
        Assert.EndsWith("#plugin=plugin-20", page.Url, StringComparison.Ordinal);

        await page.SetViewportSizeAsync(360, 700);
        (row, card) = (await page.Locator(".table").BoundingBoxAsync(), await page.Locator(".card").BoundingBoxAsync());
        Assert.True(card!.Y >= row!.Y + row.Height, "the details are below the list");
        await page.GetByRole(AriaRole.Button, new() { Name = "All 20" }).ClickAsync();
        await page.Locator(".card").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_list_is_sorted_by_each_column_and_says_so()
    {
        var page = await StageAsync(20, errors: true);
        await page.Locator("[data-row-of='plugin-02'] td", new() { HasText = "MB" }).WaitForAsync();
        Assert.Equal(
            ["ascending", "none", "none", "none", "none", "none"],
            await page.Locator("thead th").EvaluateAllAsync<string[]>("heads => heads.map(head => " +
                "head.getAttribute('aria-sort'))"));
        foreach (var (column, first, sort) in new[]
        {
            ("Plugin", "plugin-20", "descending"), ("Plugin", "plugin-01", "ascending"),
            ("State", "plugin-01", "ascending"),
            ("Gen", "plugin-03", "descending"), ("Gen", "plugin-20", "ascending"),
            ("Ready in", "plugin-18", "descending"),
            ("CPU", "plugin-14", "descending"), ("Memory", "plugin-10", "descending"),
            ("Memory", "plugin-01", "ascending"),
        })
        {
            await page.Locator("thead button", new() { HasText = column }).ClickAsync();
            await UntilAsync(page, $"document.querySelector('[data-row-of]').dataset.rowOf === '{first}'");
            Assert.Equal(
                sort, await page.Locator("thead th", new() { HasText = column }).GetAttributeAsync("aria-sort"));
            Assert.Equal(1, await page.Locator("thead [aria-sort$=scending]").CountAsync());
        }

        await page.Locator("thead button", new() { HasText = "State" }).ClickAsync();
        await UntilAsync(page, """
            [...document.querySelectorAll('[data-row-of]')].slice(0, 2)
              .map(row => row.dataset.rowOf + row.querySelector('.status').textContent)
              .join() === 'plugin-01stale,plugin-20UI: error'
            """);
    }

    [Fact]
    public async Task It_is_searched_and_walked_through_by_keys_and_one_can_listen_to_it()
    {
        var page = await StageAsync(20, errors: true);
        await UntilAsync(page, Rows20);
        await UsingTheDashboardWithoutAMouse.AssertAccessibleAsync(page, "many");

        await page.Keyboard.PressAsync("p");
        await page.Keyboard.TypeAsync("UI: err"); // states are found, too
        await UntilAsync(page, "document.querySelectorAll('[data-row-of]').length === 1");
        await page.Keyboard.PressAsync("Escape");
        await UntilAsync(page, Rows20);
        Assert.Equal("plugin-20", await FocusAsync());
        foreach (var (key, at) in new[]
        {
            ("Home", "plugin-01"), ("ArrowDown", "plugin-02"), ("ArrowDown", "plugin-03"), ("ArrowUp", "plugin-02"),
            ("End", "plugin-20"), ("Home", "plugin-01"), ("ArrowDown", "plugin-02"),
        })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(at, await FocusAsync());
        }

        await page.Keyboard.PressAsync("Enter");
        await Card(page, StagedPlugins.Name(2)).WaitForAsync();
        Assert.Equal("true", await Row(page, 2).Locator("button").GetAttributeAsync("aria-pressed"));
        // one stop of the tab key
        Assert.Equal(1, await page.Locator("[data-row-of] button[tabindex='0']").CountAsync());
        await page.Keyboard.PressAsync("3");
        await Card(page, StagedPlugins.Name(3)).WaitForAsync();
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.TypeAsync("nobody");
        await page.GetByText("No plugin has “nobody” in its name or state.").WaitForAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await UsingTheDashboardWithoutAMouse.AssertAccessibleAsync(page, "many, dark, chosen");
        await page.SetViewportSizeAsync(360, 700);
        await page.Keyboard.PressAsync("Escape");
        await UsingTheDashboardWithoutAMouse.AssertAccessibleAsync(page, "many, narrow");
        Assert.Empty(Complaints);

        Task<string> FocusAsync() => page.EvaluateAsync<string>("document.activeElement.textContent");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public async Task The_log_has_room_in_every_window_and_nothing_is_wider_than_it(int plugins)
    {
        foreach (var errors in new[] { false, true })
        {
            var page = await StageAsync(plugins, errors);
            await page.Keyboard.PressAsync("1");
            await page.Locator(".card.chosen").WaitForAsync();
            foreach (var (width, height) in new[]
            {
                (360, 600), (360, 900), (900, 600), (900, 900), (901, 700), (1001, 700), (1280, 800), (1600, 600),
                (1600, 900),
            })
            {
                var window = $"{plugins} plugins at {width}x{height}";
                await page.SetViewportSizeAsync(width, height);
                await UntilAsync(page, "document.querySelector('.lines').clientHeight >= 120");
                await UntilAsync(page, "document.querySelectorAll('.lines .row').length > 5");
                Assert.True(await page.EvaluateAsync<bool>(
                    "document.documentElement.scrollWidth <= innerWidth"), window);
                await page.Locator(".lines").ScrollIntoViewIfNeededAsync();
                var log = await page.Locator(".lines").BoundingBoxAsync();
                Assert.True(
                    log!.Y >= 0 && log.Y + Math.Min(log.Height, 120) <= height + 1, $"{window}: the log can be " +
                        "brought into view");
            }
        }
    }

    [Fact]
    public async Task The_chosen_one_is_in_view()
    {
        var page = await StageAsync(2, errors: true);
        await page.SetViewportSizeAsync(1280, 600);
        await page.Keyboard.PressAsync("2");
        await AssertInViewAsync(".card.chosen header");
        await page.SetViewportSizeAsync(360, 600);
        await page.Locator(".lines").ScrollIntoViewIfNeededAsync();
        await page.Keyboard.PressAsync("1");
        await AssertInViewAsync(".card.chosen header");

        var many = await StageAsync(20, errors: false);
        await many.SetViewportSizeAsync(1280, 400);
        await many.Keyboard.PressAsync("p");
        await many.Keyboard.PressAsync("Escape");
        await many.Keyboard.PressAsync("End");
        await many.Keyboard.PressAsync("Enter");
        page = many;
        await AssertInViewAsync("tr.chosen");
        await many.Keyboard.PressAsync("1");
        await AssertInViewAsync("tr.chosen");

        Task AssertInViewAsync(string what) => UntilAsync(page, $$"""
            (() => {
              const box = document.querySelector('{{what}}')?.getBoundingClientRect();
              const top = document.querySelector('.top').getBoundingClientRect();
              return box !== undefined && box.bottom <= innerHeight && box.top >= top.bottom - 1;
            })()
            """);
    }

    [Fact]
    public async Task What_went_wrong_is_told_on_the_card_with_its_place_and_in_lines()
    {
        var page = await StageAsync(2, errors: true);
        var panicked = Card(page, StagedPlugins.Name(1));
        await panicked.Locator(".stale strong").GetByText("Stale: the new program ended at its start").WaitForAsync();
        await panicked.GetByText("still running").WaitForAsync();
        Assert.EndsWith(
            "It printed:\npanic: boom", await panicked.Locator(".words").InnerTextAsync(), StringComparison.Ordinal);
        await panicked.Locator(".trouble").GetByRole(AriaRole.Button, new() { Name = "pkg/main.go:18" }).ClickAsync();
        var message = page.Locator("[data-problem=OVP3007] .message");
        Assert.Equal(
            ["panic: boom", "", "goroutine 1 [running]:", "main.main()"],
            (await message.InnerTextAsync()).Split('\n')[1..5]);
        await message.GetByRole(AriaRole.Button, new() { Name = "/p/plugin-01/pkg/main.go:18" }).ClickAsync();

        var ui = Card(page, StagedPlugins.Name(2));
        Assert.Equal("UI: error", (await ui.Locator("header .status").InnerTextAsync()).Trim());
        await ui.Locator(".trouble.ui").GetByText("Cannot find name 'missing'.").WaitForAsync();
        await ui.Locator(".trouble.ui").GetByRole(AriaRole.Button, new() { Name = "ui/src/App.tsx:12" }).ClickAsync();
        await UntilAsync(page, "opened.length === 3");
        Assert.Equal(
            ["/p/plugin-01/pkg/main.go:18", "/p/plugin-01/pkg/main.go:18", "/p/plugin-02/ui/src/App.tsx:12"],
            await page.EvaluateAsync<string[]>("opened.map(({ file, line }) => `${file}:${line}`)"));
    }

    private async Task<IPage> StageAsync(int plugins, bool errors) =>
        await OpenDashboardAsync((await KeepHostAsync()).Host, script: StagedPlugins.Script(plugins, errors));

    private static Task<string[]> HeadingsAsync(IPage page) =>
        page.Locator(".problems > h2, .logs h2").EvaluateAllAsync<string[]>(
            "headings => headings.map(heading => heading.innerText)");

    private static ILocator Row(IPage page, int plugin) =>
        page.Locator($"[data-row-of='{StagedPlugins.Name(plugin)}']");
}
