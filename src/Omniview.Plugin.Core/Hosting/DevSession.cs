using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>
/// An open connection to the dev host that keeps a plugin running. When the client dies, however it dies, the connection
/// closes and the host stops the plugin unless someone else holds it.
/// </summary>
public sealed class DevSession(HostClient client, HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events, SessionStarted started) : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    public SessionStarted Started { get; } = started;

    public HostClient Client { get; } = client;

    /// <summary>Reports everything that happens until the session or the host ends.</summary>
    public async Task FollowAsync(IDevListener listener)
    {
        listener.Started(this);
        try
        {
            while (await events.MoveNextAsync().ConfigureAwait(false))
            {
                Dispatch(events.Current, listener);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the connection ended; whether that was meant is for the caller to know
        }
    }

    /// <summary>Gives up the plugin and returns when it is stopped, or kept by another lease; waits for a host that ends with it.</summary>
    public async Task<SessionEnded> EndAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        var ended = await Client.EndSessionAsync(Started.SessionId, limit.Token).ConfigureAwait(false);
        if (ended.HostEnds)
        {
            await Client.WaitForEndAsync(limit.Token).ConfigureAwait(false);
        }

        return ended;
    }

    public ValueTask DisposeAsync()
    {
        response.Dispose();
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Dispatch(SseItem<string> item, IDevListener listener)
    {
        switch (item.EventType)
        {
            case DevEvents.Status:
                listener.StatusChanged(JsonSerializer.Deserialize<DevServerState>(item.Data, WireJson.Options)!);
                break;
            case DevEvents.Log:
                foreach (var entry in JsonSerializer.Deserialize<LogEntry[]>(item.Data, WireJson.Options)!)
                {
                    listener.Logged(entry);
                }

                break;
            case DevEvents.Error:
                listener.ErrorsChanged(JsonSerializer.Deserialize<BuildErrors>(item.Data, WireJson.Options)!.Errors);
                break;
            default:
                break;
        }
    }
}
