using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>What lets a page in, and who gets to see it.</summary>
public sealed class LettingAPageIn(SharedBrowser browser) : DashboardScratch(browser)
{
    [Fact]
    public async Task A_link_works_once_and_what_it_leaves_only_its_own_tab_has()
    {
        var host = (await KeepHostAsync()).Host;
        var own = $"http://127.0.0.1:{host.Record.Port}/";
        var link = (await host.CreateDashboardLinkAsync(Cancellation)).Url;
        var first = await (await NewBrowserAsync()).NewPageAsync();
        await first.GotoAsync(link);
        await first.Locator("[data-connection=live]").WaitForAsync();

        Assert.Equal(own, first.Url);
        var cdp = await first.Context.NewCDPSessionAsync(first);
        var history = (await cdp.SendAsync("Page.getNavigationHistory"))!.Value.GetProperty("entries").EnumerateArray();
        Assert.DoesNotContain(
            history, entry => entry.GetProperty("url").GetString()!.Contains("t=", StringComparison.Ordinal));
        Assert.Matches("^[0-9a-f]{64}$", await SecretAsync(first));
        Assert.Empty(await first.Context.CookiesAsync());
        Assert.Equal(0, await first.EvaluateAsync<int>("localStorage.length"));
        await first.ReloadAsync();
        await first.Locator("[data-connection=live]").WaitForAsync();
        await first.GotoAsync(link); // who is in needs none
        await first.Locator("[data-connection=live]").WaitForAsync();
        Assert.Equal(own, first.Url);

        var second = await first.Context.NewPageAsync(); // the same browser
        foreach (var address in new[] { link, own, own + "#t=", own + "?t=" + link[^64..] })
        {
            await second.GotoAsync("about:blank");
            await second.GotoAsync(address);
            await second.Locator(".door").GetByText("omniview-plugin-dev open --dashboard").WaitForAsync();
            Assert.DoesNotContain("#", second.Url, StringComparison.Ordinal);
        }

        await second.EvaluateAsync("sessionStorage.setItem('omniview-dashboard', '0'.repeat(64))");
        await second.ReloadAsync();
        await second.Locator(".door").WaitForAsync();
        await Poll.UntilAsync(async () => await SecretAsync(second) is null, "what opens nothing is not kept");
        // in the tab that waits for one
        await second.GotoAsync((await host.CreateDashboardLinkAsync(Cancellation)).Url);
        await second.Locator("[data-connection=live]").WaitForAsync();
    }

    [Fact]
    public async Task A_server_on_another_port_that_the_same_browser_visits_receives_nothing_secret()
    {
        var host = (await KeepHostAsync()).Host;
        var link = await host.CreateDashboardLinkAsync(Cancellation);
        using var attacker = new Attacker();
        var theirs = $"http://127.0.0.1:{attacker.Port}/";
        var page = await (await NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("file://" + string.Join('/', link.File.Split('/').Select(Uri.EscapeDataString)));
        await page.Locator("[data-connection=live]").WaitForAsync();
        var secret = (await SecretAsync(page))!;
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(theirs);
        await other.EvaluateAsync("""
            () => Promise.all([
              fetch('/fetched', { credentials: 'include' }),
              new Promise(done => document.body.append(Object.assign(new Image(), { onerror: done, src: '/image' }))),
            ])
            """);
        await page.EvaluateAsync("""
            address => {
              const link = document.createElement('a');
              link.href = address;
              document.body.append(link);
              link.click();
            }
            """, theirs + "linked");
        await Poll.UntilAsync(() => page.Url == theirs + "linked", "the tab that was the dashboard's is theirs");

        const string Kept = "sessionStorage.length + localStorage.length + document.cookie.length";
        Assert.Equal(0, await page.EvaluateAsync<int>(Kept));
        Assert.True(attacker.Received.Count >= 4, string.Join('\n', attacker.Received));
        foreach (var request in attacker.Received)
        {
            Assert.DoesNotContain(secret, request, StringComparison.Ordinal);
            Assert.DoesNotContain(link.Url[^64..], request, StringComparison.Ordinal);
            Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain($":{host.Record.Port}", request, StringComparison.Ordinal); // no Referer either
        }
    }
}
