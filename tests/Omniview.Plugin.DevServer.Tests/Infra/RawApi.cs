using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>The dev host's API as a program in another language would use it: plain requests, plain JSON.</summary>
internal sealed class RawApi : IDisposable
{
    private readonly HttpClient _http;

    public RawApi(HostRecord record)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{record.Port}/api/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", File.ReadAllText(record.TokenFile));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) =>
        SendAsync(HttpMethod.Get, path, body: null);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string? body = null) =>
        SendAsync(HttpMethod.Post, path, body);

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, type),
        };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        return (
            answer.StatusCode,
            JsonDocument
                .Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .RootElement);
    }

    /// <summary>The stream of events, from now on or after one that was seen before.</summary>
    public async Task<IAsyncEnumerable<SseItem<string>>> FollowAsync(string? lastEventId = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "events" + query);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return SseParser.Create(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
            .EnumerateAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
