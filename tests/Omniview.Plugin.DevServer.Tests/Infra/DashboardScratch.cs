using System.Globalization;
using Microsoft.Playwright;
using Omniview.Plugin.Core.Client;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>A dev host with its dashboard in a real browser.</summary>
public abstract class DashboardScratch(SharedBrowser browser) : HostScratch
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>What pages have reported as errors or refused by their policy.</summary>
    protected List<string> Complaints { get; } = [];

    /// <summary>What lets a page that is open in.</summary>
    protected static Task<string?> SecretAsync(IPage page) =>
        page.EvaluateAsync<string?>("sessionStorage.getItem('omniview-dashboard')");

    /// <summary>A browser of its own as to what pages keep.</summary>
    protected async Task<IBrowserContext> NewBrowserAsync(BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewAsync(options);
        context.SetDefaultTimeout((float)Limits.Wait.TotalMilliseconds);
        _contexts.Add(context);
        return context;
    }

    /// <summary>The dashboard, let in and connected.</summary>
    private protected async Task<IPage> OpenDashboardAsync(
        HostClient host, BrowserNewContextOptions? options = null, string? script = null)
    {
        var context = await NewBrowserAsync(options);
        if (script is not null)
        {
            await context.AddInitScriptAsync(script);
        }

        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("net::ERR_", StringComparison.Ordinal))
            {
                Complaints.Add($"{message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync((await host.CreateDashboardLinkAsync(Cancellation)).Url);
        await page.Locator("[data-connection=live]").WaitForAsync();
        return page;
    }

    /// <summary>The card of a plugin.</summary>
    protected static ILocator Card(IPage page, string plugin = Plugins.Id) => page.Locator($"[data-plugin='{plugin}']");

    protected static ILocator Rows(IPage page) => page.Locator(".lines .row");

    /// <summary>A line of the log with this text is in view.</summary>
    protected static Task SeeLineAsync(IPage page, string text) =>
        Rows(page).Filter(new() { HasText = text }).Last.WaitForAsync();

    /// <summary>
    /// Waits for an expression in the page to come true. The page's policy forbids it to wait for one itself.
    /// </summary>
    protected static Task UntilAsync(IPage page, string expression) =>
        Poll.UntilAsync(() => page.EvaluateAsync<bool>(expression), expression);

    protected static async Task<int> CountAsync(IPage page, string chip) =>
        int.Parse(
            (await page.Locator($"[data-chip='{chip}'] .count").InnerTextAsync()).Replace(
                ",",
                "",
                StringComparison.Ordinal),
            CultureInfo.InvariantCulture);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
