using System.Net.ServerSentEvents;
using System.Text.Json;
using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// An open connection to the dev host that keeps a plugin running. When the client dies, however it dies, the
/// connection closes and the host stops the plugin unless someone else holds it.
/// </summary>
internal sealed class DevSession : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _closing = new();
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private Task _following = Task.CompletedTask;
    private Task _opening = Task.CompletedTask;
    private bool _disposed;

    private DevSession(HostClient client, HttpResponseMessage response, Stream stream)
    {
        Client = client;
        _response = response;
        _events = SseParser.Create(stream).EnumerateAsync(_closing.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    public SessionStarted Started { get; private set; } = null!; // BeginAsync

    public HostClient Client { get; }

    /// <summary>Waits for the first event of the answer to a request for a session.</summary>
    /// <exception cref="IOException">The stream ended before it.</exception>
    internal static async Task<DevSession> BeginAsync(
        HostClient client, HttpResponseMessage response, CancellationToken cancellation)
    {
        var session = new DevSession(client, response, await response.Content.ReadAsStreamAsync(cancellation));
        session.Started = await session._events.MoveNextAsync().AsTask().WaitAsync(cancellation)
            ? JsonSerializer.Deserialize<SessionStarted>(session._events.Current.Data, WireJson.Options)!
            : throw new IOException("The stream of events ended.");
        return session;
    }

    /// <summary>
    /// Reports everything that happens until the session or the host ends, never on the caller's thread.
    /// </summary>
    /// <remarks>
    /// While more events are there already no read has to wait, so the loop would not return to its caller.
    /// </remarks>
    public Task FollowAsync(IDevListener listener) => _following = Task.Run(() => CopyAsync(listener));

    /// <summary>
    /// Begins to open the dashboard in the user's browser unless one shows it already; who has none has the link that
    /// is printed.
    /// </summary>
    public void OpenDashboard() => _opening = OpenDashboardAsync();

    /// <summary>
    /// Gives up the plugin and returns when it is stopped, or kept by another lease; waits for a host that ends with
    /// it.
    /// </summary>
    public async Task<SessionEnded> EndAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        var ended = await Client.EndSessionAsync(Started.SessionId, limit.Token);
        if (ended.HostEnds)
        {
            await Client.WaitForEndAsync(limit.Token);
        }

        return ended;
    }

    /// <summary>
    /// Closes the connection, and returns when the last event has been reported; not to be called from a report.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        // A response that is disposed of while it is being read gives its buffer to the next who asks, and the reader
        // reads on in it.
        await _closing.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _response.Dispose();
        _closing.Dispose();
        Client.Dispose();
    }

    private async Task OpenDashboardAsync()
    {
        try
        {
            var link = await Client.CreateDashboardLinkAsync(_closing.Token);
            if (!link.IsOpen)
            {
                await Browser.OpenByFileAsync(link.File, link.Url, _closing.Token);
            }
        }
        catch (Exception e) when (e is DiagnosticException or HttpRequestException or OperationCanceledException)
        {
            // no browser on this machine, or the session has ended
        }
    }

    private async Task CopyAsync(IDevListener listener)
    {
        listener.Started(this);
        try
        {
            while (await _events.MoveNextAsync())
            {
                Dispatch(_events.Current, listener);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // the connection ended; whether that was meant is for the caller to know
        }
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
