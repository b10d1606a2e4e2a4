using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>A dev host's API, as tasks and the command line use it.</summary>
internal sealed class HostClient : IDisposable
{
    private readonly HttpClient _http;

    private HostClient(HttpClient http, HostRecord record)
    {
        _http = http;
        Record = record;
    }

    public HostRecord Record { get; }

    public Uri BaseAddress => _http.BaseAddress!;

    /// <summary>
    /// Connects and makes sure that the process of the record is the one that answers; null when it has just ended.
    /// What listens there is sent nothing, neither the token nor a request, before it has proved to be that dev host.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP3002, OVP3003.</exception>
    public static async Task<HostClient?> ConnectAsync(HostRecord record, CancellationToken cancellation) =>
        await HostConnector.ConnectAsync(record, cancellation) is { } http ? new HostClient(http, record) : null;

    /// <summary>Starts the plugin, unless it runs, and returns at once with its state.</summary>
    /// <exception cref="DiagnosticException">What the host objects to, e.g. an unreadable manifest.</exception>
    public Task<DevServerState> StartAsync(StartRequest request, CancellationToken cancellation) =>
        SendAsync<DevServerState>(HttpMethod.Post, "api/v1/plugins", request, cancellation);

    /// <summary>Starts the plugin, unless it runs, and keeps it running for as long as the session is open.</summary>
    /// <exception cref="DiagnosticException">What the host objects to.</exception>
    public async Task<DevSession> OpenSessionAsync(DevSettings settings, CancellationToken cancellation)
    {
        var response = await SendAsync(
            HttpMethod.Post, "api/v1/sessions", settings, HttpCompletionOption.ResponseHeadersRead, cancellation);
        try
        {
            return await DevSession.BeginAsync(this, response, cancellation);
        }
        catch (Exception e)
        {
            response.Dispose();
            if (e is not (HttpRequestException or IOException or JsonException))
            {
                throw;
            }

            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.HostDoesNotAnswer,
                $"The dev host (PID {Record.Pid}) broke off before the session began: {e.Message} Its log is in " +
                $"{Path.GetDirectoryName(Record.TokenFile)}."), e);
        }
    }

    public Task<SessionEnded> EndSessionAsync(string session, CancellationToken cancellation) =>
        SendAsync<SessionEnded>(HttpMethod.Delete, $"api/v1/sessions/{session}", body: null, cancellation);

    public Task<SessionEnded> StopAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<SessionEnded>(HttpMethod.Post, $"api/v1/plugins/{pluginId}/stop", body: null, cancellation);

    /// <summary>All plugins that run.</summary>
    public Task<IReadOnlyList<DevServerState>> ListAsync(CancellationToken cancellation) =>
        SendAsync<IReadOnlyList<DevServerState>>(HttpMethod.Get, "api/v1/plugins", body: null, cancellation);

    public Task<DevServerState> GetStateAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<DevServerState>(HttpMethod.Get, $"api/v1/plugins/{pluginId}", body: null, cancellation);

    public Task<IReadOnlyList<BuildError>> GetErrorsAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<IReadOnlyList<BuildError>>(
            HttpMethod.Get, $"api/v1/plugins/{pluginId}/errors", body: null, cancellation);

    /// <summary>The last lines of a plugin's log, oldest first; null when it does not run here.</summary>
    /// <param name="count">How many at most; 0 for all that are kept.</param>
    public Task<IReadOnlyList<LogEntry>?> GetLogsAsync(string pluginId, int count, CancellationToken cancellation) =>
        SendAsync<IReadOnlyList<LogEntry>?>(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"api/v1/plugins/{pluginId}/logs?count={count}"),
            body: null,
            cancellation);

    /// <summary>The last turns of a plugin's loop, oldest first.</summary>
    public Task<IReadOnlyList<BuildRecord>> GetBuildsAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<IReadOnlyList<BuildRecord>>(
            HttpMethod.Get, $"api/v1/plugins/{pluginId}/builds", body: null, cancellation);

    /// <summary>Ends Vite and the plugin and starts them anew; returns when the old ones are gone.</summary>
    public Task<DevServerState> RestartAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<DevServerState>(HttpMethod.Post, $"api/v1/plugins/{pluginId}/restart", body: null, cancellation);

    /// <summary>What happens to a plugin from now on; ends with the dev host. It keeps nothing running.</summary>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(
        string pluginId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await SendAsync(
            HttpMethod.Get,
            $"api/v1/events?plugin={pluginId}",
            body: null,
            HttpCompletionOption.ResponseHeadersRead,
            cancellation);
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(events))
        {
            yield return events.Current;
        }
    }

    /// <summary>Asks for a rebuild and returns at once.</summary>
    public Task<DevServerState> RebuildAsync(string pluginId, CancellationToken cancellation) =>
        SendAsync<DevServerState>(HttpMethod.Post, $"api/v1/plugins/{pluginId}/rebuild", body: null, cancellation);

    /// <summary>A link that opens the dashboard in one browser, once.</summary>
    public Task<DashboardLink> CreateDashboardLinkAsync(CancellationToken cancellation) =>
        CreateDashboardLinkAsync(plugin: null, cancellation);

    /// <summary>A link that opens the dashboard in one browser, once.</summary>
    /// <param name="plugin">The plugin it shows; null for all.</param>
    public Task<DashboardLink> CreateDashboardLinkAsync(string? plugin, CancellationToken cancellation) =>
        SendAsync<DashboardLink>(
            HttpMethod.Post,
            $"api/v1/dashboard/links{(plugin is null ? "" : $"?plugin={Uri.EscapeDataString(plugin)}")}",
            body: null,
            cancellation);

    /// <summary>Waits until the host's process has ended, for a caller that was told it would.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        while (Record.Process.IsAlive)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(15), cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A connection that breaks is the end of the events: the host has gone.</summary>
    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var response = await SendAsync(
            method, path, body, HttpCompletionOption.ResponseContentRead, cancellation);
        return (await response.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellation))!;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options),
        };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.HostDoesNotAnswer, $"The dev host (PID {Record.Pid}) does not answer any more: " +
                    $"{e.Message}"), e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        var problem = await ReadProblemAsync(response, cancellation);
        response.Dispose();
        throw new DiagnosticException(problem);
    }

    private static async Task<Diagnostic> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            if (response.StatusCode != HttpStatusCode.Unauthorized
                && JsonSerializer.Deserialize<HostProblem>(text, WireJson.Options) is { Error: { } error })
            {
                return error.ToDiagnostic();
            }
        }
        catch (JsonException)
        {
            // not ours to read: shown as it is
        }

        return Diagnostic.Error(
            DiagnosticCodes.HostDoesNotAnswer, $"The dev host answered {(int)response.StatusCode}: {text}");
    }
}
