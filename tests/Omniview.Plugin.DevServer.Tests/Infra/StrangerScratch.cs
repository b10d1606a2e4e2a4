using System.Net;
using System.Net.Http.Headers;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>Requests of somebody whom a dev host has no reason to trust.</summary>
public abstract class StrangerScratch : HostScratch
{
    protected static (HttpMethod Method, string Path)[] Everything { get; } =
    [
        (HttpMethod.Get, "/api/v1/version"),
        (HttpMethod.Get, "/api/v1/plugins"),
        (HttpMethod.Post, "/api/v1/plugins"),
        (HttpMethod.Get, "/api/v1/plugins/x"),
        (HttpMethod.Get, "/api/v1/plugins/x/logs"),
        (HttpMethod.Post, "/api/v1/plugins/x/stop"),
        (HttpMethod.Post, "/api/v1/plugins/x/restart"),
        (HttpMethod.Post, "/api/v1/shutdown"),
        (HttpMethod.Get, "/api/v1/events"),
        (HttpMethod.Get, "/api/v1/openapi.json"),
        (HttpMethod.Post, "/api/v1/sessions"),
        (HttpMethod.Delete, "/api/v1/sessions/x"),
        (HttpMethod.Options, "/api/v1/plugins"),
        (HttpMethod.Post, "/api/v1/dashboard/links"),
        (HttpMethod.Get, "/api/v1/nothing"),
        (HttpMethod.Head, "/"),
    ];

    /// <summary>What has no secret in it, and the way in.</summary>
    protected static (HttpMethod Method, string Path)[] Open { get; } =
    [
        (HttpMethod.Get, "/"),
        (HttpMethod.Get, "/icons/ready.svg"),
        (HttpMethod.Post, "/api/v1/dashboard/logins"),
    ];

    protected async Task AssertAllRefusedAsync(
        HttpStatusCode expected,
        (HttpMethod Method, string Path)[] requests,
        string?[] values,
        Action<HttpRequestMessage, string?> change)
    {
        var host = (await KeepHostAsync()).Host; // it would end meanwhile: those that are refused do not keep it
        foreach (var value in values)
        {
            foreach (var (method, path) in requests)
            {
                using var answer = await SendAsync(
                    host.Record,
                    method,
                    path,
                    request =>
                        change(request, value?.Replace("{port}", $"{host.Record.Port}", StringComparison.Ordinal)));

                Assert.True(expected == answer.StatusCode, $"{answer.StatusCode} for {method} {path} with '{value}'");
            }
        }
    }

    private protected static Task<string> TokenAsync(HostRecord record) =>
        File.ReadAllTextAsync(record.TokenFile, Cancellation);

    private protected static async Task<HttpResponseMessage> SendAsync(
        HostRecord record, HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{record.Port}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(record));
        change(request);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
