using System.Collections.Immutable;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Api;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.StateMachine;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ListeningSlowly : IDisposable
{
    private const int More = 6000; // than the queue of one listener holds

    private static readonly ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> NoProblems =
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>>.Empty;

    private readonly EventHub _hub = new();
    private readonly PluginBoard _board;

    public ListeningSlowly() => _board = new PluginBoard(_hub, new DevServerState { PluginId = "p", Mode = "managed" });

    public void Dispose() => _board.Dispose();

    [Fact]
    public async Task One_who_missed_events_is_told_how_many_and_gets_the_present_state()
    {
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 1; i <= More; i++)
        {
            var generation = i;
            Update(_board, state => state with { Generation = generation });
        }

        Close(_board, state => state with { Mode = "idle" });
        var seen = await ReadAsync(events, Now);

        var lagged = Assert.Single(seen, one => one.EventType == DevEvents.Lagged);
        Assert.Equal($$"""{"missed":{{More + 1 - EventHub.Capacity}}}""", lagged.Data);
        // what is left of the events is older than the present state
        Assert.Equal([DevEvents.Lagged, DevEvents.Status, DevEvents.Error], seen.Select(one => one.EventType));
        Assert.Equal(_board.State, Assert.Single(States(seen)));
    }

    [Fact]
    public async Task After_the_present_state_no_older_one_is_sent()
    {
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 1; i <= More; i++)
        {
            var generation = i;
            Update(_board, state => state with { Generation = generation });
        }

        var seen = await ReadAsync(events, () =>
        {
            // reaches the queue, and the snapshot as well
            Update(_board, state => state with { StaleReason = "build failed" });
            var now = _board.State;
            Close(_board, state => state with { Mode = "idle" });
            return [(DevEvents.Status, now)];
        });

        var order = States(seen).ConvertAll(state => state.Seq);
        Assert.Equal(order.Order(), order);
        Assert.Equal(order.Distinct(), order);
        Assert.Equal(_board.State.Seq, order[^1]);
        Assert.Equal(2, order.Count);
    }

    [Fact]
    public async Task Log_lines_that_wait_together_are_one_event()
    {
        using var board = BoardInAMoment();
        var (events, _, _, _) = board.Subscribe();
        for (var i = 0; i < 250; i++)
        {
            board.Info(LogSource.Plugin, i.ToString(CultureInfo.InvariantCulture) + "\r\nsecond\u2028part");
        }

        Close(board, state => state with { Mode = "idle" });
        var seen = await ReadAsync(events, Now);

        Assert.Equal([DevEvents.Log, DevEvents.Log, DevEvents.Status], seen.Select(one => one.EventType));
        var entries = seen.Take(2).SelectMany(
            one => JsonSerializer.Deserialize<LogEntry[]>(one.Data, WireJson.Options)!).ToList();
        Assert.Equal(board.Logs(), entries); // the first at once, the others together
    }

    [Fact]
    public async Task A_listener_of_one_plugin_hears_nothing_of_another_and_one_who_comes_after_the_end_hears_the_end()
    {
        using var other = new PluginBoard(_hub, new DevServerState { PluginId = "q" });
        var (events, _, _, _) = _board.Subscribe();
        other.Info(LogSource.Plugin, "not for p");
        Close(other, state => state with { Mode = "idle" });
        Close(_board, state => state with { Mode = "idle" });
        var (late, state, _, _) = _board.Subscribe();

        Assert.Equal(
            DevEvents.Status,
            Assert.Single(await ReadAsync(events, () => throw new InvalidOperationException())).EventType);
        Assert.Empty(await ReadAsync(late, () => throw new InvalidOperationException()));
        Assert.Equal("idle", state.Mode);
    }

    [Fact]
    public async Task One_plugin_that_talks_much_makes_nobody_lag_who_listens_to_another()
    {
        var (events, _, _, _) = _board.Subscribe();
        using var other = new PluginBoard(_hub, new DevServerState { PluginId = "q" });
        for (var i = 1; i <= More; i++)
        {
            var generation = i;
            Update(other, state => state with { Generation = generation });
        }

        Close(_board, state => state with { Mode = "idle" });

        Assert.Equal(
            DevEvents.Status,
            Assert.Single(await ReadAsync(events, () => throw new InvalidOperationException())).EventType);
    }

    [Fact]
    public async Task Who_comes_back_gets_what_came_after_the_last_event_it_has_and_nobody_else_does()
    {
        Update(_board, state => state with { Generation = 1 });
        var from = _hub.Subscribe().Next - 1;
        Update(_board, state => state with { Generation = 2 });
        using var other = new PluginBoard(_hub, new DevServerState { PluginId = "q" });
        Update(other, state => state with { Generation = 7 });
        Update(_board, state => state with { Generation = 3 });

        var one = _hub.Resume("p", from)!;
        var all = _hub.Resume(null, from)!;
        _hub.CompleteAll();

        Assert.Equal([2, 3], States(await ReadAsync(one, Now)).ConvertAll(state => state.Generation));
        Assert.Equal([2, 7, 3], States(await ReadAsync(all, Now)).ConvertAll(state => state.Generation));
        Assert.Null(_hub.Resume(null, 7)); // of an earlier host
        Assert.Null(_hub.Resume(null, from + 1000)); // of a later one
        Assert.Null(new EventHub(DateTimeOffset.UtcNow.AddSeconds(1)).Resume(null, from));
    }

    [Fact]
    public async Task Lines_that_come_too_fast_are_counted_and_those_that_are_passed_on_stay_in_order()
    {
        const int Flood = 50_000;
        var (events, _, _, _) = _board.Subscribe();
        for (var i = 0; i < Flood; i++)
        {
            _board.Info(LogSource.Plugin, i.ToString(CultureInfo.InvariantCulture));
        }

        Close(_board, state => state with { Mode = "idle" });
        var seen = await ReadAsync(events, () => throw new InvalidOperationException());

        var passed = seen.Where(one => one.EventType == DevEvents.Log).SelectMany(
            one => JsonSerializer.Deserialize<LogEntry[]>(one.Data, WireJson.Options)!).ToList();
        var dropped = _board.State.LogLinesDropped;
        Assert.InRange(dropped, 1, Flood - 5000);
        Assert.Equal(Flood - dropped, passed.Count(entry => entry.Source == LogSource.Plugin));
        Assert.Equal(passed.Select(entry => entry.Seq).Order(), passed.Select(entry => entry.Seq));
        Assert.Contains(
            passed,
            entry =>
                entry is { Source: LogSource.Manager, Level: "warn" }
                && entry.Message.Contains("came too fast", StringComparison.Ordinal));
        Assert.Equal(dropped, States(seen)[^1].LogLinesDropped);
    }

    [Fact]
    public void Dropped_lines_are_counted_also_when_another_change_comes_first()
    {
        for (var i = 0; i < 50_000; i++)
        {
            _board.Info(LogSource.Plugin, "again");
        }

        Update(_board, state => state with { Generation = 1 });

        Assert.Equal(1, _board.State.Generation);
        Assert.InRange(_board.State.LogLinesDropped, 1, 45_000);
    }

    /// <summary>
    /// For what is about lines that come within the time in which they are gathered, however slow the machine.
    /// </summary>
    private PluginBoard BoardInAMoment() =>
        new(_hub, new DevServerState { PluginId = "p", Mode = "managed" }, new StillClock());

    private IEnumerable<(string, object)> Now() =>
        [(DevEvents.Status, _board.State), (DevEvents.Error, new BuildErrors("p", []))];

    private static List<DevServerState> States(List<SseItem<string>> seen) =>
        seen.Where(one => one.EventType == DevEvents.Status).Select(
            one => JsonSerializer.Deserialize<DevServerState>(one.Data, WireJson.Options)!).ToList();

    private static async Task<List<SseItem<string>>> ReadAsync(
        Subscription events, Func<IEnumerable<(string, object)>> now)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await new EventStream(http.Response, new SharedTimer()).CopyAsync(
            events, now, TestContext.Current.CancellationToken);
        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.ToArray())));
        return [.. SseParser.Create(sent).Enumerate()];
    }

    private static void Update(PluginBoard board, Func<DevServerState, DevServerState> change) =>
        board.Show(change(board.State), NoProblems);

    private static void Close(PluginBoard board, Func<DevServerState, DevServerState> change)
    {
        Update(board, change);
        board.Close();
    }
}
