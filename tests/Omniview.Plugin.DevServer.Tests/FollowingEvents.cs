using System.Net.ServerSentEvents;
using System.Text.Json;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class FollowingEvents : HostScratch
{
    private DevSettings WithFakeVite =>
        Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } };

    [Fact]
    public async Task Who_looks_on_gets_all_plugins_as_they_are_and_then_everything_that_happens()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ViteReadyAsync();
        using var api = new RawApi(dev.Host.Record);

        var events = new List<SseItem<string>>();
        await foreach (var one in await api.FollowAsync())
        {
            events.Add(one);
            if (one.EventType == DevEvents.Snapshot)
            {
                await api.PostAsync("shutdown"); // which ends the stream, after its last event
            }
        }

        var snapshot = JsonSerializer.Deserialize<HostSnapshot>(events[0].Data, WireJson.Options)!;
        Assert.Equal((Plugins.Id, "ready"), (Assert.Single(snapshot.Plugins).PluginId, snapshot.Plugins[0].Status));
        var last = JsonSerializer.Deserialize<DevServerState>(events.Last(
            one => one.EventType == DevEvents.Status).Data, WireJson.Options)!;
        Assert.Equal((ProcessStatus.Stopped, Plugins.Id), (last.Status, last.PluginId));
        var ids = events.ConvertAll(one => long.Parse(one.EventId!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_event_gets_those_missed_and_with_an_unknown_one_begins_anew()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ViteReadyAsync();
        using var api = new RawApi(dev.Host.Record);
        var seen = await FirstAsync(api, lastEventId: null, one => one.EventType == DevEvents.Snapshot);

        await api.PostAsync($"plugins/{Plugins.Id}/restart");
        var missed = await FirstAsync(api, seen[^1].EventId, one => one.EventType == DevEvents.Status);
        var anew = await FirstAsync(api, "12345", one => one.EventType == DevEvents.Snapshot);

        // "restarting", and no snapshot
        Assert.Equal([DevEvents.Log, DevEvents.Status], missed.Select(one => one.EventType));
        Assert.Equal([DevEvents.Reset, DevEvents.Snapshot], anew.Select(one => one.EventType));
    }

    [Fact]
    public async Task Looking_on_keeps_no_plugin_running_and_one_plugin_can_be_looked_at_alone()
    {
        var keeper = await KeepHostAsync();
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ViteReadyAsync();
        using var api = new RawApi(keeper.Host.Record);
        var stream = await api.FollowAsync(query: $"?plugin={Plugins.Id}");

        await dev.DisposeAsync(); // its lease
        await using var events = stream.GetAsyncEnumerator(Cancellation);
        while (
            await events.MoveNextAsync()
            && !(
                events.Current.EventType == DevEvents.Status
                && events.Current.Data.Contains("\"mode\":\"idle\"", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("keeps-the-host", events.Current.Data, StringComparison.Ordinal);
        }

        Assert.Contains("\"viteStatus\":\"stopped\"", events.Current.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_swap_is_told_when_it_begins_when_it_is_done_and_when_it_fails()
    {
        Plugins.CopyBackend(Project);
        await (await KeepHostAsync()).ViteReadyAsync();
        using var host = await HostAsync();
        using var api = new RawApi(host.Record);
        await using var events = (await api.FollowAsync(query: $"?plugin={Plugins.Id}")).GetAsyncEnumerator(
            Cancellation);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Write("pkg/broken.go", "package main\n\nfunc init() { panic(\"no\") }\n");

        List<(string Type, DevReload Reload)> reloads = [];
        while (reloads.Count < 4 && await events.MoveNextAsync())
        {
            if (events.Current.EventType.StartsWith("plugin/dev_reload", StringComparison.Ordinal))
            {
                reloads.Add(
                    (
                        events.Current.EventType,
                        JsonSerializer.Deserialize<DevReload>(events.Current.Data, WireJson.Options)!));
            }
        }

        Assert.Equal(
            [DevEvents.ReloadStart, DevEvents.ReloadComplete, DevEvents.ReloadStart, DevEvents.ReloadError],
            reloads.Select(one => one.Type));
        Assert.All(reloads, one => Assert.Equal(Plugins.Id, one.Reload.PluginId));
        Assert.Contains("panic: no", reloads[^1].Reload.Error, StringComparison.Ordinal);
    }

    /// <summary>What a new connection gets, up to the first event that fits.</summary>
    private static async Task<List<SseItem<string>>> FirstAsync(
        RawApi api, string? lastEventId, Func<SseItem<string>, bool> enough)
    {
        var events = new List<SseItem<string>>();
        await foreach (var one in await api.FollowAsync(lastEventId))
        {
            events.Add(one);
            if (enough(one))
            {
                break;
            }
        }

        return events;
    }
}
