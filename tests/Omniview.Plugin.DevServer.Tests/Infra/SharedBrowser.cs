using Microsoft.Playwright;
using Omniview.Plugin.DevServer.Tests.Infra;

[assembly: AssemblyFixture(typeof(SharedBrowser))]

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// One headless Chromium for all tests, started by the first that wants it. What each opens is a browser of its own as
/// to cookies.
/// </summary>
public sealed class SharedBrowser : IAsyncDisposable
{
    /// <summary>A name that leads to this machine, as an attacker's can.</summary>
    public const string HostileHost = "evil.example";

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    public async Task<IBrowserContext> NewAsync(BrowserNewContextOptions? options = null) =>
        await (await _started.Value).Browser.NewContextAsync(
            options ?? new() { ViewportSize = new() { Width = 1280, Height = 800 } });

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            var (playwright, browser) = await _started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
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
                    $"--host-resolver-rules=MAP {HostileHost} 127.0.0.1",
                ],
            });
        return (playwright, browser);
    }
}
