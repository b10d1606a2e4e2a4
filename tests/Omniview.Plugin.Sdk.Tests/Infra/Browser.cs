using Microsoft.Playwright;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>A headless Chromium of the system's, found by the set-up.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        var program = Environment.GetEnvironmentVariable("OMNIVIEW_TEST_CHROMIUM")
            ?? throw new InvalidOperationException(
                "OMNIVIEW_TEST_CHROMIUM is not set: run the tests with ./build.sh test.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Timeout = (float)Limits.Wait.TotalMilliseconds,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            });
        return new Browser(playwright, browser);
    }

    public async Task<IPage> OpenAsync()
    {
        var page = await _browser.NewPageAsync();
        page.SetDefaultTimeout((float)Limits.Wait.TotalMilliseconds);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
