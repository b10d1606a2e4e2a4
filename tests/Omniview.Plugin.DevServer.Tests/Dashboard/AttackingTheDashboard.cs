using Microsoft.Playwright;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>What a page of another origin can try in a browser that was let in.</summary>
public sealed class AttackingTheDashboard(SharedBrowser browser) : DashboardScratch(browser)
{
    [Theory]
    [InlineData("127.0.0.1")] // another port is the same site: the browser sends cookies
    [InlineData(SharedBrowser.HostileHost)]
    public async Task A_page_of_another_origin_reads_nothing_and_changes_nothing(string name)
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync(
            Settings(Project) with { Editor = $"'{FakeTool("editor", $"touch '{Path.Combine(Root, "opened")}'\n")}'" });
        var ready = await dev.ReadyAsync(1);
        await dev.RestAsync();
        var before = dev.Logs.Count;
        var page = await OpenDashboardAsync(dev.Host);
        using var attacker = new Attacker();
        var hostile = await page.Context.NewPageAsync();
        await hostile.GotoAsync($"http://{name}:{attacker.Port}/");

        List<string> won =
        [
            .. await hostile.EvaluateAsync<string[]>(
                Attacks.All,
                new[] { $"http://127.0.0.1:{dev.Host.Record.Port}", Plugins.Id }
            ),
        ];

        won.AddRange(
            hostile
                .Frames.Where(frame =>
                    frame.Url.StartsWith($"http://127.0.0.1:{dev.Host.Record.Port}", StringComparison.Ordinal)
                )
                .Select(frame => $"framed {frame.Url}"));
        // not even a rebuild that changes nothing
        won.AddRange(dev.Logs.Skip(before).Select(entry => $"caused '{entry.Message}'"));
        using var api = new RawApi(dev.Host.Record);
        var state = (await api.GetAsync($"plugins/{Plugins.Id}")).Body;
        Assert.Empty(won);
        Assert.Equal(
            (ready.PluginPid, 1, "ready"),
            (
                state.GetProperty("pluginPid").GetInt32(),
                state.GetProperty("generation").GetInt32(),
                state.GetProperty("status").GetString()));
        Assert.False(File.Exists(Path.Combine(Root, "opened")));
        await Card(page).Locator("header .status.is-ready").WaitForAsync(); // who was let in still is
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_gets_nothing_by_it()
    {
        var host = (await KeepHostAsync()).Host;
        var page = await (await NewBrowserAsync()).NewPageAsync();
        var link = new UriBuilder((await host.CreateDashboardLinkAsync(Cancellation)).Url)
        {
            Host = SharedBrowser.HostileHost,
        };

        var answer = await page.GotoAsync(link.ToString());

        Assert.Equal(403, answer!.Status);
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(403, await page.EvaluateAsync<int>("fetch('/api/v1/plugins').then(answer => answer.status)"));
    }

    [Fact]
    public async Task The_page_itself_may_ask_for_no_more_than_it_needs_and_runs_nothing_that_is_not_its_own()
    {
        var host = (await KeepHostAsync()).Host;
        var page = await OpenDashboardAsync(host);
        const string Ask = """
            ([path, options]) => fetch(path, {
              ...options,
              headers: {
                'Content-Type': 'application/json',
                Authorization: `Bearer ${sessionStorage.getItem('omniview-dashboard')}`,
              },
            }).then(answer => answer.status)
            """;
        foreach (var path in new[] { "plugins", "sessions", "shutdown", "dashboard/links" })
        {
            Assert.Equal(
                403,
                await page.EvaluateAsync<int>(
                    Ask,
                    new object[] { $"/api/v1/{path}", new { method = "POST", body = "{\"projectDirectory\":\"/\"}" } })
            );
        }

        Assert.Equal(200, await page.EvaluateAsync<int>(Ask, new object[] { "/api/v1/plugins", new { } }));
        Assert.Equal(404, await page.EvaluateAsync<int>(Ask, new object[] { "/assets/../assets/nothing.js", new { } }));
        // the browser sends nothing by itself
        Assert.Equal(401, await page.EvaluateAsync<int>("fetch('/api/v1/plugins').then(answer => answer.status)"));
        var ran = await page.EvaluateAsync<string[]>("""
            async () => {
              const ran = [];
              window.hurt = what => ran.push(what);
              const attempts = [
                () => {
                  const script = document.createElement('script');
                  script.textContent = "hurt('inline script')";
                  document.body.append(script);
                },
                () => {
                  document.body.insertAdjacentHTML('beforeend', "<img src=x onerror=hurt('markup')>");
                  ran.push('made markup of text');
                },
                () => { setTimeout(() => eval("hurt('eval')")); }, // at once it would run with the rights of the test
                () => {
                  const button = document.createElement('button');
                  button.setAttribute('onclick', "hurt('handler')");
                  button.click();
                },
                () => { location.href = "javascript:hurt('address')"; },
              ];
              for (const attempt of attempts) { try { attempt(); } catch { } }
              await fetch('https://example.com/', { mode: 'no-cors' })
                .then(() => ran.push('sent something elsewhere'), () => {});
              await new Promise(done => setTimeout(done, 100));
              return ran;
            }
            """);
        Assert.Empty(ran);
        await Poll.UntilAsync(
            () =>
                Complaints.Count(complaint =>
                    complaint.Contains("violates the following", StringComparison.Ordinal)
                    || complaint.Contains("requires 'Trusted", StringComparison.Ordinal)
                ) >= 5,
            "the browser says what its policy forbade");
    }

    [Fact]
    public async Task Every_answer_has_what_keeps_other_origins_out()
    {
        var host = (await KeepHostAsync()).Host;
        var page = await OpenDashboardAsync(host);
        List<IResponse> answers = [];
        page.Response += (_, answer) => answers.Add(answer);
        await page.ReloadAsync();
        await page.Locator("[data-connection=live]").WaitForAsync();
        answers.Add((await (
            await (await NewBrowserAsync()).NewPageAsync()).GotoAsync($"http://127.0.0.1:{host.Record.Port}/"))!);

        Assert.True(answers.Count >= 5, $"{answers.Count}");
        foreach (var answer in answers.ToList())
        {
            var headers = await answer.AllHeadersAsync();
            Assert.StartsWith("default-src 'none'", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal(
                ("nosniff", "DENY", "same-origin", "same-origin", "no-referrer"),
                (
                    headers["x-content-type-options"],
                    headers["x-frame-options"],
                    headers["cross-origin-opener-policy"],
                    headers["cross-origin-resource-policy"],
                    headers["referrer-policy"]));
            Assert.DoesNotContain(
                headers.Keys, name => name.StartsWith("access-control", StringComparison.OrdinalIgnoreCase));
            Assert.Contains(
                answer.Url.Contains("/assets/", StringComparison.Ordinal) ? "immutable"
                    : answer.Url.Contains("/api/", StringComparison.Ordinal) ? "no-store"
                    : "no-",
                headers["cache-control"],
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_whole_page_is_smaller_than_150_KB_and_loads_nothing_from_elsewhere()
    {
        var host = (await KeepHostAsync()).Host;
        List<IRequest> requests = [];
        var context = await NewBrowserAsync();
        var page = await context.NewPageAsync();
        page.Request += (_, request) => requests.Add(request);
        await page.GotoAsync((await host.CreateDashboardLinkAsync(Cancellation)).Url);
        await page.Locator("[data-connection=live]").WaitForAsync();

        Assert.All(
            requests,
            request => Assert.StartsWith($"http://127.0.0.1:{host.Record.Port}/", request.Url, StringComparison.Ordinal)
        );
        var assembly = typeof(DevServer.Requests.Problems).Assembly;
        var files = assembly.GetManifestResourceNames().Where(
            name => name.StartsWith("dashboard/", StringComparison.Ordinal)).ToList();
        Assert.InRange(files.Count, 3, 12);
        Assert.InRange(files.Sum(name => assembly.GetManifestResourceStream(name)!.Length), 10_000, 150_000);
    }
}
