using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Api;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ListeningSlowly
{
    private const int More = 6000; // than the queue of one listener holds

    private readonly EventHub _hub = new();
    private readonly PluginBoard _board;

    public ListeningSlowly() => _board = new PluginBoard(_hub, new DevServerState { PluginId = "p", Mode = "managed" });

    [Fact]
    public async Task One_who_missed_events_is_told_how_many_and_gets_the_present_state()
    {
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 1; i <= More; i++)
        {
            var generation = i;
            _board.Update(state => state with { Generation = generation });
        }

        _board.Close(state => state with { Mode = "idle" });
        var seen = await ReadAsync(events, () => (_board.State, new BuildErrors("p", [])));

        var lagged = Assert.Single(seen, one => one.EventType == DevEvents.Lagged);
        Assert.Equal($$"""{"missed":{{More + 1 - (seen.Count - 3)}}}""", lagged.Data);
        Assert.Equal(_board.State, States(seen)[^1]);
        Assert.Equal(DevEvents.Error, seen[^1].EventType);
    }

    [Fact]
    public async Task After_the_present_state_no_older_one_is_sent()
    {
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 1; i <= More; i++)
        {
            var generation = i;
            _board.Update(state => state with { Generation = generation });
        }

        var seen = await ReadAsync(events, () =>
        {
            _board.Update(state => state with { Stale = true }); // reaches the queue, and the snapshot as well
            var now = _board.State;
            _board.Close(state => state with { Mode = "idle" });
            return (now, new BuildErrors("p", []));
        });

        var order = States(seen).ConvertAll(state => state.Seq);
        Assert.Equal(order.Order(), order);
        Assert.Equal(order.Distinct(), order);
        Assert.Equal(More + 2, order[^1]);
    }

    [Fact]
    public async Task Log_lines_that_wait_together_are_one_event()
    {
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 0; i < 250; i++)
        {
            _board.Info(LogSource.Plugin, i.ToString(CultureInfo.InvariantCulture) + "\r\nsecond\u2028part");
        }

        _board.Close(state => state with { Mode = "idle" });
        var seen = await ReadAsync(events, () => (_board.State, new BuildErrors("p", [])));

        Assert.Equal([DevEvents.Log, DevEvents.Log, DevEvents.Status], seen.Select(one => one.EventType));
        var entries = seen.Take(2).SelectMany(one => JsonSerializer.Deserialize<LogEntry[]>(one.Data, WireJson.Options)!).ToList();
        Assert.Equal(_board.Logs(), entries);
    }

    [Fact]
    public void The_log_keeps_the_last_five_thousand_lines()
    {
        for (var i = 1; i <= More; i++)
        {
            _board.Info(LogSource.Plugin, i.ToString(CultureInfo.InvariantCulture));
        }

        var all = _board.Logs();

        Assert.Equal(("1001", "6000", 5000), (all[0].Message, all[^1].Message, all.Count));
        Assert.Equal(["5999", "6000"], _board.Logs(2).Select(entry => entry.Message));
        Assert.Equal(5000, _board.Logs(9999).Count);
    }

    [Fact]
    public async Task A_listener_of_one_plugin_hears_nothing_of_another_and_one_who_comes_after_the_end_hears_the_end()
    {
        var other = new PluginBoard(_hub, new DevServerState { PluginId = "q" });
        var (events, _, _, _) = _board.Subscribe();
        other.Info(LogSource.Plugin, "not for p");
        other.Close(state => state with { Mode = "idle" });
        _board.Close(state => state with { Mode = "idle" });
        var (late, state, _, _) = _board.Subscribe();

        Assert.Equal(DevEvents.Status, Assert.Single(await ReadAsync(events, () => throw new InvalidOperationException())).EventType);
        Assert.Empty(await ReadAsync(late, () => throw new InvalidOperationException()));
        Assert.Equal("idle", state.Mode);
    }

    private static List<DevServerState> States(List<SseItem<string>> seen) =>
        seen.Where(one => one.EventType == DevEvents.Status).Select(one => JsonSerializer.Deserialize<DevServerState>(one.Data, WireJson.Options)!).ToList();

    private static async Task<List<SseItem<string>>> ReadAsync(Subscription events, Func<(DevServerState, BuildErrors)> now)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await new EventStream(http.Response).CopyAsync(events, now, TestContext.Current.CancellationToken);
        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.ToArray())));
        return [.. SseParser.Create(sent).Enumerate()];
    }
}
