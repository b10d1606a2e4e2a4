using System.Text.Json;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// Writes events to one client as server-sent events. A client that does not read holds up only itself: what it misses
/// costs the host nothing, and it is told of it when it goes on.
/// </summary>
internal sealed class EventStream(HttpResponse response, SharedTimer timer)
{
    private const int HeartbeatInterval = 15; // ticks

    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    public async Task BeginAsync(CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(cancellation);
    }

    /// <summary>Passes on what happens until the subscription or the client ends.</summary>
    /// <param name="now">What to send after events were missed.</param>
    public async Task CopyAsync(
        Subscription subscription, Func<IEnumerable<(string Type, object Payload)>> now, CancellationToken cancellation)
    {
        var events = new List<HostEvent>();
        while (await WaitAsync(subscription, cancellation))
        {
            events.Clear();
            if (subscription.Read(events) is > 0 and var missed)
            {
                await WriteAsync(DevEvents.Lagged, 0, new { missed }, cancellation);
                foreach (var (type, payload) in now())
                {
                    await WriteAsync(type, 0, payload, cancellation);
                }
            }

            foreach (var happened in events.Where(IsNews))
            {
                await WriteAsync(happened.Type, happened.Id, happened.Json, cancellation);
            }
        }
    }

    public async Task WriteAsync(string type, long id, object payload, CancellationToken cancellation)
    {
        switch (payload)
        {
            case DevServerState state:
                _told[state.PluginId] = state.Seq;
                break;
            case HostSnapshot snapshot:
                foreach (var plugin in snapshot.Plugins)
                {
                    _told[plugin.PluginId] = plugin.Seq;
                }

                break;
            default:
                break;
        }

        await WriteAsync(
            type, id, JsonSerializer.SerializeToUtf8Bytes(payload, payload.GetType(), WireJson.Options), cancellation);
    }

    /// <summary>Not a status that is older than one that was sent with a snapshot.</summary>
    private bool IsNews(HostEvent happened) =>
        !(happened.Payload is DevServerState state && state.Seq <= _told.GetValueOrDefault(state.PluginId));

    private async Task<bool> WaitAsync(Subscription subscription, CancellationToken cancellation)
    {
        var waiting = subscription.WaitAsync(cancellation);
        while (!waiting.IsCompleted && await Task.WhenAny(waiting, timer.NextAsync(HeartbeatInterval)) != waiting)
        {
            await WriteAsync(": still here\n\n", cancellation);
        }

        return await waiting;
    }

    private async Task WriteAsync(string type, long id, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        var idLine = id > 0 ? $"id: {id}\n" : "";
        await response.WriteAsync($"event: {type}\n{idLine}data: ", cancellation);
        await response.Body.WriteAsync(json, cancellation);
        await WriteAsync("\n\n", cancellation);
    }

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await response.WriteAsync(text, cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
