using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class ReadingLogsInTheBrowser(SharedBrowser browser) : DashboardScratch(browser)
{
    [Fact]
    public async Task Lines_have_colours_and_links_and_nothing_in_them_becomes_part_of_the_page()
    {
        var (page, say) = await OpenParrotAsync();
        await say(
            "\e[31mred\e[0m \e[1;38;5;208mindexed\e[0m \e[38;2;10;20;200mexact\e[0m \e[48:2::250:240:10mground\e[0m\n");
        await say("<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script><b>bold</b>\n");
        await say(
            "\e]8;;javascript:window.hurt=1\a click \e]8;;\a \e]8;;https://example.com/ok\afine\e]8;;\a " +
            "javascript:alert(1) \e]0;title\a\e[2J\n");
        await say("see https://example.com/a?b=1. and ui/src/x.tsx:12:7, or pkg/y.go(3,4)\n");
        await say("progress 1%\rprogress 100%\nthe end\n");
        await SeeLineAsync(page, "the end");

        Assert.Equal("red", await page.Locator(".lines .fg-1").InnerTextAsync());
        Assert.Equal("ground", await page.Locator(".lines .ansi-ground").InnerTextAsync());
        var exact = page.Locator(".lines .ansi-colour");
        Assert.Equal(["indexed", "exact"], await exact.AllInnerTextsAsync());
        Assert.Equal(
            "rgb(10 20 200)", await exact.Last.EvaluateAsync<string>("one => one.style.getPropertyValue('--exact')"));
        Assert.NotEqual(
            await exact.First.EvaluateAsync<string>("one => getComputedStyle(one).color"),
            await exact.Last.EvaluateAsync<string>("one => getComputedStyle(one).color"));
        await Rows(page)
            .GetByText("<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script><b>bold</b>")
            .WaitForAsync();
        Assert.Equal(0, await page.Locator(".lines img, .lines script, .lines b").CountAsync());
        Assert.Equal(
            ["https:"], (await page.Locator(".lines a").EvaluateAllAsync<string[]>("links => links.map(link => " +
                "link.protocol)")).Distinct().Order());
        await Rows(page).GetByText("click").WaitForAsync();
        Assert.Equal(
            "https://example.com/a?b=1",
            await page.Locator(".lines a", new() { HasText = "a?b" }).GetAttributeAsync("href"));
        Assert.Equal(
            "noopener noreferrer", await page.Locator(".lines a", new() { HasText = "fine" }).GetAttributeAsync("rel"));
        Assert.Equal(
            ["ui/src/x.tsx:12:7", "pkg/y.go(3,4)"], await page.Locator(".lines button.link").AllInnerTextsAsync());
        Assert.Equal(0, await Rows(page).Filter(new() { HasText = "progress 1%" }).CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("window.hurt === undefined"));
        Assert.DoesNotContain("title", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Counts_are_of_what_is_shown_whatever_the_filter_and_repeats_are_one_row()
    {
        var (page, say) = await OpenParrotAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await UntilAsync(page, "document.querySelectorAll('.lines .row').length === 0");
        await say(
            string.Concat(
                Enumerable.Range(0, 30).Select(number => $"{(number % 3 == 0 ? "alpha" : "beta")} {number}\n"))
                + string.Concat(Enumerable.Repeat("again\n", 12))
                + "the end\n");
        await SeeLineAsync(page, "the end");

        Assert.Equal((32, "43 of 43 lines"), (await Rows(page).CountAsync(), await MatchesAsync(page)));
        Assert.Equal("×12", await Rows(page).Filter(new() { HasText = "again" }).Locator(".times").InnerTextAsync());
        Assert.Equal((43, 43), (await CountAsync(page, "plugin"), await CountAsync(page, "info")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Collapse repeated lines" }).ClickAsync();
        await UntilAsync(page, "document.querySelectorAll('.times').length === 0");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("ALPHA");
        await UntilAsync(page, "document.querySelectorAll('.lines .row').length === 10");
        Assert.Equal(("10 of 43 lines", 10), (await MatchesAsync(page), await CountAsync(page, "plugin")));

        await page.GetByRole(AriaRole.Button, new() { Name = "Regular expression" }).ClickAsync();
        await page.Locator("#filter").FillAsync("^alpha 1\\d$|again");
        await UntilAsync(page, "document.querySelectorAll('.lines .row').length === 15");
        Assert.Equal("15 of 43 lines", await MatchesAsync(page));
        await page.Locator("#filter").FillAsync("(");
        await UntilAsync(
            page, "document.querySelector('#filter').ariaInvalid === 'true' && document.querySelectorAll('.lines " +
                ".row').length === 0");
        Assert.StartsWith("No pattern:", await MatchesAsync(page), StringComparison.Ordinal);
        await page.Locator("#filter").PressAsync("Escape");

        await page.Locator("[data-chip=plugin]").ClickAsync();
        await UntilAsync(page, "document.querySelectorAll('.lines .row').length === 0");
        Assert.Equal(
            ("0 of 43 lines", 43, 0),
            (await MatchesAsync(page), await CountAsync(page, "plugin"), await CountAsync(page, "info")));
        await page.ReloadAsync();
        await page.Locator("[data-chip=plugin][aria-pressed=false]").WaitForAsync(); // the address has it
    }

    [Fact]
    public async Task Following_pauses_when_one_scrolls_up_and_goes_on_at_the_end()
    {
        var (page, say) = await OpenParrotAsync();
        await say(string.Concat(Enumerable.Range(0, 500).Select(number => $"line {number}\n")));
        await SeeLineAsync(page, "line 499");
        var follow = page.GetByRole(AriaRole.Button, new() { Name = "Follow the newest line" });

        await page.Locator(".lines").HoverAsync();
        await page.Mouse.WheelAsync(0, -2000);
        await page.Locator("[aria-label='Follow the newest line'][aria-pressed=false]").WaitForAsync();
        var before = await CountAsync(page, "plugin");
        await say("line 500\n");
        await Poll.UntilAsync(async () => await CountAsync(page, "plugin") == before + 1, "the line is there");
        Assert.Equal(0, await Rows(page).Filter(new() { HasText = "line 500" }).CountAsync());

        await page.Locator(".lines").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await SeeLineAsync(page, "line 500");
        Assert.Equal("true", await follow.GetAttributeAsync("aria-pressed"));
        await say("line 501\n");
        await SeeLineAsync(page, "line 501");

        await page.Keyboard.PressAsync("w"); // wrapped lines are as high as they need be, and the end stays in view
        await say(new string('w', 2000) + "\nline 502\n");
        await SeeLineAsync(page, "line 502");
        Assert.True(await page.EvaluateAsync<bool>(
            "document.querySelector('.lines').scrollWidth <= document.querySelector('.lines').clientWidth"));
        Assert.True(await page.EvaluateAsync<int>(
            "Math.max(...[...document.querySelectorAll('.lines .row')].map(row => row.offsetHeight))") > 40);
        await UntilAsync(
            page, "(lines => lines.scrollTop + lines.clientHeight >= lines.scrollHeight - " +
                "4)(document.querySelector('.lines'))");
    }

    [Fact]
    public async Task What_is_shown_can_be_copied_and_saved()
    {
        var (page, say) = await OpenParrotAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await say("\e[32mone\e[0m\ntwo\nthree\n");
        await SeeLineAsync(page, "three");
        await page.Locator("#filter").FillAsync("^(one|two)$");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regular expression" }).ClickAsync();
        await UntilAsync(page, "document.querySelector('#matches').textContent.startsWith('2 ')");

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).First.ClickAsync();
        await UntilAsync(page, "document.querySelector('[role=status]').textContent.includes('copied')");
        Assert.Equal("one\ntwo\n", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        var saved = await File.ReadAllTextAsync(await download.PathAsync(), Cancellation);
        Assert.Contains($"Z {Plugins.Id} [plugin] info: one\n", saved, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', saved);
    }

    [Fact]
    public async Task Lines_that_came_too_fast_are_a_gap_that_says_how_many()
    {
        // all gaps in view
        var (page, say) = await OpenParrotAsync(new() { ViewportSize = new() { Width = 1280, Height = 9000 } });
        await say(string.Concat(Enumerable.Range(0, 30_000).Select(number => $"{number}\n")));
        var ends = 0;
        await Poll.UntilAsync(
            async () =>
            {
                await say($"end {ends++}\n"); // some come too fast as well
                return await Rows(page).Filter(new() { HasText = "end " }).CountAsync() > 0;
            },
            "lines are shown again");
        await page.Locator("#filter").FillAsync("no such line");
        await UntilAsync(page, "document.querySelectorAll('.lines .row:not(.mark)').length === 0");
        var missing = (await page.Locator(".mark.is-gap").AllInnerTextsAsync()).Select(
            text => int.Parse(text.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToList();

        Assert.NotEmpty(missing);
        var kept = await MatchesAsync(page);
        var all = int.Parse(
            kept.Split(" of ")[1].Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            + missing.Sum();
        Assert.InRange(all, 30_000, 30_100 + ends); // with what the host itself had to say
    }

    private static Task<string> MatchesAsync(IPage page) => page.Locator("#matches").InnerTextAsync();

    /// <summary>A plugin that prints what it is told to.</summary>
    private async Task<(IPage Page, Func<string, Task> Say)> OpenParrotAsync(BrowserNewContextOptions? options = null)
    {
        Plugins.CopyBackend(Project);
        Write("pkg/parrot.go", Programs.Parrot);
        var dev = await OpenAsync();
        var port = int.Parse((await dev.LogAsync("parrot at ")).Message.Split(' ')[^1], CultureInfo.InvariantCulture);
        await dev.RestAsync();
        var page = await OpenDashboardAsync(dev.Host, options);
        await SeeLineAsync(page, "ready in ");
        return (page, SayAsync);

        async Task SayAsync(string text)
        {
            using var parrot = new TcpClient();
            await parrot.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            await using var stream = parrot.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
        }
    }
}
