using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class SeeingThePlugins(SharedBrowser browser) : DashboardScratch(browser)
{
    [Fact]
    public async Task The_last_plugin_that_is_stopped_on_the_page_can_be_started_there_again()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        using var host = await HostAsync();
        Assert.False((await host.CreateDashboardLinkAsync(Cancellation)).IsOpen);
        var page = await OpenDashboardAsync(host);
        Assert.True((await host.CreateDashboardLinkAsync(Cancellation)).IsOpen);

        await Card(page).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await dev.Ended;
        await Card(page).GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Card(page).Locator("header .status.is-ready").WaitForAsync();

        Assert.Single(RunningPlugins());
        await host.StopAsync(Plugins.Id, Cancellation);
        await page.Locator(".banner").GetByText("The dev host has ended.").WaitForAsync();
    }

    [Fact]
    public async Task Each_plugin_has_a_card_that_tells_how_it_is_and_takes_orders()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        await KeepHostAsync();
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        var page = await OpenDashboardAsync(dev.Host);
        var card = Card(page);

        await card.Locator("header .status.is-ready").WaitForAsync();
        await card.GetByText($"PID {ready.PluginPid}").WaitForAsync();
        await card.GetByText("gRPC serving").Or(card.GetByText("gRPC not offered")).WaitForAsync();
        Assert.Equal(ready.ViteUrl + "/", await card.Locator("dd a").EvaluateAsync<string>("link => link.href"));
        await card.GetByText("MB").First.WaitForAsync();
        await card.Locator(".phases li", new() { HasText = "build" }).WaitForAsync();
        await card.Locator(".chart g.ready").First.WaitForAsync();
        Assert.Equal(2, await page.Locator("[data-plugin]").CountAsync());

        await card.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await card.GetByText("generation 2", new() { Exact = true }).WaitForAsync();
        await dev.StateAsync(state => state.Status == ProcessStatus.Ready && state.Generation == 2);

        await card.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await card.Locator("header .status.is-stopped").WaitForAsync();
        Assert.Empty(RunningPlugins());
        await card.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await card.Locator("header .status.is-ready").WaitForAsync();
        Assert.Single(RunningPlugins());

        await card.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await card.Locator("header .status.is-stopped").WaitForAsync();
        Directory.Delete(Project, recursive: true);
        await card.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await card.GetByText("start failed.").WaitForAsync();
        await card.GetByText($"There is no folder {Project}").WaitForAsync();
        Directory.CreateDirectory(Project);
        // what the browser says of the refusal
        Assert.Equal(
            "", string.Join("\n", Complaints.Where(complaint => !complaint.Contains("422", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task One_that_someone_else_runs_has_a_card_while_it_lives_and_takes_no_orders()
    {
        var page = await OpenDashboardAsync((await KeepHostAsync()).Host);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var other = Process.Start("sleep", "300");
        new DevInfoFile(other.Id, "grpc", 1, listener.LocalEndpoint.ToString()!) { PluginId = "theirs" }.Write(
            Path.Combine(State, "plugins", "theirs", ".devinfo"));
        var card = Card(page, "theirs");

        await card.GetByText("external", new() { Exact = true }).WaitForAsync();
        await card.GetByText($"Started by someone else (PID {other.Id})").WaitForAsync();
        Assert.Equal(
            0,
            await card.GetByRole(AriaRole.Button, new() { NameRegex = new("Stop|Start|Restart|Rebuild") }).CountAsync()
        );

        other.Kill();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
