using System.Text.Json;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>Writes events to one client as server-sent events, log lines that wait together as one event.</summary>
internal sealed class EventStream(HttpResponse response)
{
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);
    private const int MaxLogBatch = 200;

    public async Task BeginAsync(CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Passes on what happens until the subscription or the client ends.</summary>
    public async Task CopyAsync(Subscription subscription, Func<(DevServerState State, BuildErrors Errors)> now, CancellationToken cancellation)
    {
        var logs = new List<LogEntry>();
        long seq = 0;
        while (await WaitAsync(subscription, cancellation).ConfigureAwait(false))
        {
            long id = 0;
            while (subscription.Events.TryRead(out var happened))
            {
                if (happened.Payload is LogEntry entry)
                {
                    id = happened.Id;
                    logs.Add(entry);
                    if (logs.Count < MaxLogBatch)
                    {
                        continue;
                    }
                }

                await FlushLogsAsync(logs, id, cancellation).ConfigureAwait(false);
                if (happened.Payload is not LogEntry && !(happened.Payload is DevServerState old && old.Seq <= seq)) // the snapshot below was newer
                {
                    await WriteAsync(happened.Type, happened.Id, happened.Payload, cancellation).ConfigureAwait(false);
                }
            }

            await FlushLogsAsync(logs, id, cancellation).ConfigureAwait(false);
            if (subscription.TakeMissed() is > 0 and var missed)
            {
                var (state, errors) = now();
                seq = state.Seq;
                await WriteAsync(DevEvents.Lagged, 0, new { missed }, cancellation).ConfigureAwait(false);
                await WriteAsync(DevEvents.Status, 0, state, cancellation).ConfigureAwait(false);
                await WriteAsync(DevEvents.Error, 0, errors, cancellation).ConfigureAwait(false);
            }
        }
    }

    public Task WriteAsync(string type, long id, object payload, CancellationToken cancellation)
    {
        var idLine = id > 0 ? $"id: {id}\n" : "";
        return WriteAsync($"event: {type}\n{idLine}data: {JsonSerializer.Serialize(payload, payload.GetType(), WireJson.Options)}\n\n", cancellation);
    }

    private async Task<bool> WaitAsync(Subscription subscription, CancellationToken cancellation)
    {
        while (true)
        {
            using var heartbeat = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            heartbeat.CancelAfter(HeartbeatInterval);
            try
            {
                return await subscription.Events.WaitToReadAsync(heartbeat.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                await WriteAsync(": still here\n\n", cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task FlushLogsAsync(List<LogEntry> logs, long id, CancellationToken cancellation)
    {
        if (logs.Count > 0)
        {
            await WriteAsync(DevEvents.Log, id, logs, cancellation).ConfigureAwait(false);
            logs.Clear();
        }
    }

    /// <summary>A client that does not read for five seconds is let go.</summary>
    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(WriteLimit);
        await response.WriteAsync(text, limit.Token).ConfigureAwait(false);
        await response.Body.FlushAsync(limit.Token).ConfigureAwait(false);
    }
}
