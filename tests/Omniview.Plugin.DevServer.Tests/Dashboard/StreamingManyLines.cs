using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>
/// Alone, because it measures time. More than a dev host would let through in a minute: the page's stream is replaced
/// by one that is made in the page. All behind it is the page's own.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
[Collection(typeof(StreamingManyLines))]
public sealed class StreamingManyLines(SharedBrowser browser) : DashboardScratch(browser)
{
    private const string Flood = """
        window.longest = 0;
        new PerformanceObserver(list => list.getEntries().forEach((entry) => {
          window.longest = Math.max(window.longest, entry.duration);
        })).observe({ type: 'longtask' });
        const real = window.fetch;
        window.sent = 0;
        window.fetch = async (address, options) => {
          if (address !== '/api/v1/events') return real(address, options);
          const encoder = new TextEncoder();
          let timer;
          const body = new ReadableStream({
            start(stream) {
              const send = (type, data) => stream.enqueue(
                encoder.encode(`event: ${type}\nid: ${window.sent + 1}\ndata: ${JSON.stringify(data)}\n\n`));
              const state = {
                pluginID: 'flood', mode: 'managed', devPath: '/p', vitePort: 0, viteURL: '', viteStatus: 'idle',
                viteError: '', goStatus: 'ready', grpcConnected: true, generation: 1, stale: false, staleReason: '',
                pluginPid: 1, seq: 1, pluginHealth: 'serving', status: 'ready',
              };
              send('snapshot', { plugins: [state], errors: [] });
              timer = setInterval(() => {
                if (window.sent >= window.wanted) return;
                const lines = [];
                for (let index = 0; index < 500; index++) {
                  const seq = ++window.sent;
                  lines.push({
                    timestamp: new Date().toISOString(),
                    source: seq % 7 ? 'plugin' : 'vite',
                    level: seq % 50 ? 'info' : 'error',
                    message: `\x1b[3${seq % 8}mline\x1b[0m ${seq} of a plugin that talks without end, `
                      + `see https://example.com/${seq} and pkg/main.go:${seq % 100}:1`,
                    pluginID: 'flood', seq, generation: 1,
                  });
                }
                send('plugin/devserver/log', lines);
              }, 10);
            },
            cancel() { clearInterval(timer); },
          });
          return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
        };
        window.wanted = 200000;
        """;

    [Fact]
    public async Task Two_hundred_thousand_lines_leave_the_page_quick_and_bounded()
    {
        var host = (await KeepHostAsync()).Host;
        var page = await OpenDashboardAsync(host, script: Flood);
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await page.EvaluateAsync("window.longest = 0"); // that of the load
        await UntilAsync(page, "window.sent > 20000");
        await page.Keyboard.PressAsync("/"); // meanwhile somebody looks for something, and scrolls
        await page.Keyboard.TypeAsync("line 1");
        await page.Locator("#filter").PressAsync("Escape");
        await page.Locator(".lines").HoverAsync();
        await page.Mouse.WheelAsync(0, -3000);
        await UntilAsync(page, "window.sent >= 200000");
        await page.Keyboard.PressAsync("f");
        await SeeLineAsync(page, "line 200000 ");
        var heap = await HeapAsync();

        await page.EvaluateAsync("window.wanted = 300000");
        await UntilAsync(page, "window.sent >= 300000");
        await SeeLineAsync(page, "line 300000 ");
        var later = await HeapAsync();

        var longest = await page.EvaluateAsync<double>("window.longest");
        TestContext.Current.SendDiagnosticMessage(
            "longest task {0} ms, heap {1:0.0} then {2:0.0} MB", longest, heap, later);
        Assert.InRange(longest, 0, 200);
        Assert.InRange(heap, 1, 150);
        Assert.InRange(later, 1, heap * 1.2);
        Assert.Equal("200,000", await page.Locator("[data-dropped]").InnerTextAsync());
        Assert.Contains("of 100,000 lines", await page.Locator("#matches").InnerTextAsync(), StringComparison.Ordinal);
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1, 2000);
        await page.Keyboard.PressAsync("Home");
        Assert.Equal(0, await page.Locator(".mark.is-gap", new() { HasText = "missing here" }).CountAsync());
        Assert.Empty(Complaints);

        async Task<double> HeapAsync()
        {
            await cdp.SendAsync("HeapProfiler.collectGarbage");
            var usage = await cdp.SendAsync("Runtime.getHeapUsage");
            return usage!.Value.GetProperty("usedSize").GetDouble() / 1024 / 1024;
        }
    }
}
