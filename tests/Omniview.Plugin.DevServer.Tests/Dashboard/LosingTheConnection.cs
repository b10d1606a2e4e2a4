using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class LosingTheConnection(SharedBrowser browser) : DashboardScratch(browser)
{
    /// <summary>Cuts the page's line to the host, which itself hangs up on nobody.</summary>
    private const string Scissors = """
        const real = window.fetch, open = new Set();
        window.asked = [];
        window.fetch = (address, options = {}) => {
          if (window.isCut) return Promise.reject(new TypeError('cut'));
          if (address !== '/api/v1/events') return real(address, options);
          window.asked.push(options.headers['Last-Event-ID'] ?? '');
          const line = new AbortController();
          open.add(line);
          return real(address, { ...options, signal: line.signal });
        };
        window.cut = () => { window.isCut = true; open.forEach(line => line.abort()); open.clear(); };
        """;

    [Fact]
    public async Task The_next_host_at_the_same_port_does_not_know_the_page_and_a_new_link_lets_it_go_on()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var page = await OpenDashboardAsync(dev.Host);
        var secret = await SecretAsync(page);
        await Card(page).Locator("header .status.is-ready").WaitForAsync();
        await page.EvaluateAsync("window.sameAsBefore = true");

        Kill(dev.Host.Record.Pid);
        await page.Locator(".banner").GetByText("The connection to the dev host is lost.").WaitForAsync();
        Assert.StartsWith("⚠ disconnected", await page.TitleAsync(), StringComparison.Ordinal);
        await Poll.UntilAsync(() => Processes("").Count == 0, "nothing is left of the host");
        Write("pkg/later.go", "package main\n");
        var next = await OpenAsync();
        await next.ReadyAsync(1);
        await page.Locator(".banner").GetByText("The dev host was restarted, and does not know this page.")
            .WaitForAsync();
        await page.Locator(".banner").GetByText("omniview-plugin-dev open --dashboard").WaitForAsync();

        Assert.Equal(dev.Host.Record.Port, next.Host.Record.Port);
        Assert.Null(await SecretAsync(page));
        foreach (var path in new[] { "plugins", "version", "events" })
        {
            Assert.Equal(
                401, await page.EvaluateAsync<int>("([path, secret]) => fetch('/api/v1/' + path, { headers: { " +
                    "Authorization: `Bearer ${secret}` } }).then(answer => answer.status)", new[] { path, secret }));
        }

        await page.GotoAsync((await next.Host.CreateDashboardLinkAsync(Cancellation)).Url);
        await page.Locator("[data-connection=live]").WaitForAsync();
        await Card(page).GetByText($"PID {next.States[^1].PluginPid}").WaitForAsync();
        await Rows(page).Filter(new() { HasText = "The dev host was restarted" }).WaitForAsync();
        Assert.Equal(0, await page.Locator(".banner").CountAsync());

        await next.Session.EndAsync();
        await page.Locator(".banner").GetByText("The dev host has ended.").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.sameAsBefore"));
    }

    [Fact]
    public async Task What_happened_while_the_line_was_cut_is_there_when_it_is_back_once()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var page = await OpenDashboardAsync(dev.Host, script: Scissors);
        await SeeLineAsync(page, "ready in ");

        await page.EvaluateAsync("window.cut()");
        await page.Locator(".banner").WaitForAsync();
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);
        await dev.LogAsync("generation 2");
        // in one: it tries by itself too
        await page.EvaluateAsync(
            "window.isCut = false; [...document.querySelectorAll('button')].find(button => button.textContent === " +
            "'Try now')?.click()");

        await Card(page).GetByText("generation 2", new() { Exact = true }).WaitForAsync();
        await SeeLineAsync(page, "ready in ");
        await UntilAsync(
            page, "[...document.querySelectorAll('.lines .row')].filter(row => /generation " +
                "2$/.test(row.textContent)).length === 1");
        var asked = await page.EvaluateAsync<string[]>("window.asked");
        Assert.Equal("", asked[0]);
        Assert.All(asked[1..], last => Assert.Matches("^[0-9]+$", last));
        Assert.Equal(0, await page.Locator(".mark.is-gap", new() { HasText = "missing here" }).CountAsync());
    }
}
