using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class OpeningASession : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_event_is_the_session_and_all_others_follow_in_order()
    {
        using var host = await HostAsync();
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await File.ReadAllTextAsync(host.Record.TokenFile, Cancellation));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/sessions")
        {
            Content = JsonContent.Create(Settings(Project), options: WireJson.Options),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync(Cancellation))
            .EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("session", events.Current.EventType);
        var session = JsonSerializer.Deserialize<SessionStarted>(events.Current.Data, WireJson.Options)!;
        Assert.Equal(
            ("managed", ProcessStatus.Building, Project),
            (session.State.Mode, session.State.GoStatus, session.State.DevPath));
        var (lastId, lastSeq, lastLog) = (0L, session.State.Seq, (long)session.Logs.Count);
        DevServerState? state = null;
        while (await events.MoveNextAsync())
        {
            var id = long.Parse(events.Current.EventId!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(id > lastId, $"event {id} came after {lastId}");
            lastId = id;
            if (events.Current.EventType == DevEvents.Status)
            {
                state = JsonSerializer.Deserialize<DevServerState>(events.Current.Data, WireJson.Options)!;
                Assert.Equal(lastSeq + 1, state.Seq);
                lastSeq = state.Seq;
                if (state.Status == ProcessStatus.Ready)
                {
                    Assert.Equal(state, await host.GetStateAsync(Plugins.Id, Cancellation));
                    _ = host.EndSessionAsync(session.SessionId, Cancellation);
                }
            }
            else if (events.Current.EventType == DevEvents.Log)
            {
                foreach (var entry in JsonSerializer.Deserialize<LogEntry[]>(events.Current.Data, WireJson.Options)!)
                {
                    Assert.Equal(lastLog + 1, entry.Seq);
                    lastLog = entry.Seq;
                }
            }
        }

        Assert.Equal(ProcessStatus.Stopped, state!.Status);
    }

    [Fact]
    public async Task Who_joins_later_gets_state_problems_and_log_of_that_moment()
    {
        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        var first = await OpenAsync();
        await first.StateAsync(state => state.GoStatus == ProcessStatus.Error);
        await first.LogAsync("no plugin is running");

        var second = await OpenAsync();

        Assert.Equal(first.States[^1], second.Session.Started.State);
        Assert.Equal("GO7075", Assert.Single(second.Session.Started.Errors).Code);
        Assert.Equal(first.Logs, second.Session.Started.Logs);
    }

    [Fact]
    public async Task Its_end_is_answered_when_the_plugin_is_down()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Assert.Single(RunningPlugins());

        var ended = await dev.Host.EndSessionAsync(dev.Session.Started.SessionId, Cancellation);

        Assert.Equal(new SessionEnded(PluginStopped: true, HostEnds: true), ended);
        Assert.Empty(RunningPlugins());
        Assert.False(File.Exists(DevInfo));
    }

    [Fact]
    public async Task However_early_it_ends_the_last_status_is_stopped()
    {
        await KeepHostAsync();
        for (var round = 0; round < 20; round++)
        {
            var dev = await OpenAsync();
            await dev.StateAsync(state => state.Seq >= round % 5 || state.Status == ProcessStatus.Ready);

            Assert.True((await dev.Host.EndSessionAsync(dev.Session.Started.SessionId, Cancellation)).PluginStopped);
            await dev.Ended;

            var last = dev.States[^1];
            Assert.Equal(
                (ProcessStatus.Stopped, ProcessStatus.Stopped, "idle", 0),
                (last.Status, last.GoStatus, last.Mode, last.PluginPid));
            Assert.Empty(RunningPlugins());
        }
    }

    [Fact]
    public async Task It_ends_when_someone_else_stops_the_plugin()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        await (await HostAsync()).StopAsync(Plugins.Id, Cancellation);

        await dev.Ended.WaitAsync(Limits.Wait, Cancellation);
        Assert.Equal(ProcessStatus.Stopped, dev.States[^1].Status);
    }

    [Fact]
    public async Task A_stale_one_does_not_take_the_next_start_with_it()
    {
        await KeepHostAsync();
        var stale = await OpenAsync();
        await stale.ReadyAsync(1);
        using var host = await HostAsync();
        await host.StopAsync(Plugins.Id, Cancellation);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        await stale.DisposeAsync();
        await host.EndSessionAsync(stale.Session.Started.SessionId, Cancellation);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);
        Assert.Equal("managed", (await host.GetStateAsync(Plugins.Id, Cancellation)).Mode);
    }
}
