using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class KeepingStrangersOut : StrangerScratch
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public Task Nobody_gets_an_answer_without_the_token() => AssertAllRefusedAsync(
        HttpStatusCode.Unauthorized,
        Everything,
        [null, "Bearer 0000000000000000000000000000000000000000000000000000000000000000", "Bearer ", "Basic OnRva2Vu"],
        (request, authorization) =>
        {
            request.Headers.Remove("Authorization");
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
        });

    [Fact]
    public async Task Only_its_user_can_read_what_lets_one_in()
    {
        var host = await HostAsync();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(HostFiles.Record(host.Record.Port)));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(host.Record.TokenFile));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(HostFiles.Path));
        Assert.Matches("^[0-9a-f]{32,}$", await TokenAsync(host.Record));
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        var host = await HostAsync();

        var listener = Assert.Single(
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(),
            point => point.Port == host.Record.Port);
        Assert.Equal(IPAddress.Loopback, listener.Address);
    }

    [Fact]
    public async Task A_body_of_more_than_four_mebibytes_is_refused()
    {
        var host = await HostAsync();
        foreach (var path in new[] { "/api/v1/plugins", "/api/v1/sessions" })
        {
            using var answer = await SendAsync(
                host.Record, HttpMethod.Post, path, request =>
                {
                    request.Headers.ExpectContinue = true; // so that the refusal does not meet the body half-way
                    request.Content = new StringContent(
                        $$"""{"projectDirectory":"{{new string('a', 4 * 1024 * 1024)}}"}""",
                        Encoding.UTF8,
                        "application/json");
                });

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_body_that_is_no_request_is_refused()
    {
        var host = await HostAsync();
        foreach (var (type, body, expected) in new[]
        {
            // what a page may send without asking first
            ("text/plain", """{"projectDirectory":"/tmp"}""", HttpStatusCode.UnsupportedMediaType),
            ("application/json", "{", HttpStatusCode.BadRequest),
            ("application/json", "null", HttpStatusCode.BadRequest),
            ("application/json", "{}", HttpStatusCode.BadRequest),
            ("application/json", """{"projectDirectory":null}""", HttpStatusCode.BadRequest),
            ("application/json", """{"projectDirectory":"/","go":null}""", HttpStatusCode.BadRequest),
            ("application/json", """{"projectDirectory":"."}""", HttpStatusCode.UnprocessableEntity),
            ("application/json", """{"projectDirectory":"/\u0000"}""", HttpStatusCode.UnprocessableEntity),
        })
        {
            using var answer = await SendAsync(
                host.Record,
                HttpMethod.Post,
                "/api/v1/sessions",
                request => request.Content = new StringContent(body, Encoding.UTF8, type));

            Assert.True(expected == answer.StatusCode, $"{answer.StatusCode} for {body}");
        }

        foreach (var body in new[] { "{}", """{"settings":null}""", """{"projectDirectory":"/tmp"}""" })
        {
            using var answer = await SendAsync(
                host.Record,
                HttpMethod.Post,
                "/api/v1/plugins",
                request => request.Content = new StringContent(body, Encoding.UTF8, "application/json"));

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} for {body}");
        }
    }

    [Fact]
    public async Task The_token_is_nowhere_but_in_its_file()
    {
        Plugins.CopyBackend(Project);
        Write("pkg/environment.go", Programs.PrintsEnvironment);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var token = await TokenAsync(dev.Host.Record);
        using (
            await SendAsync(
                dev.Host.Record,
                HttpMethod.Post,
                "/api/v1/sessions",
                request => request.Content = new StringContent("{", Encoding.UTF8, "application/json")))
        {
            // something for the log
        }

        Assert.DoesNotContain(dev.Logs, entry => entry.Message.Contains(token, StringComparison.Ordinal));
        foreach (
            var file in Directory
                .EnumerateFiles(State, "*", SearchOption.AllDirectories)
                .Where(file =>
                    file != dev.Host.Record.TokenFile
                    && Path.GetExtension(file) != ".lock"
                    && !file.StartsWith(HostFiles.Sockets, StringComparison.Ordinal)))
        {
            Assert.Equal(
                -1,
                (await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(token)));
        }

        Assert.DoesNotContain(Processes(""), process => process.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_anyone_gets_is_the_page_and_nothing_of_this_host()
    {
        var host = await HostAsync();
        using var page = await AskAsync(HttpMethod.Get, "/", body: null);
        using var login = await AskAsync(
            HttpMethod.Post, "/api/v1/dashboard/logins", $$"""{"token":"{{await TokenAsync(host.Record)}}"}""");

        var text = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain(Root, text, StringComparison.Ordinal);
        Assert.DoesNotContain(HostVersion.Own, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode); // that is no link's
        Assert.False(page.Headers.Contains("Set-Cookie"));

        Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? body) =>
            SendAsync(host.Record, method, path, request =>
        {
            request.Headers.Authorization = null;
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        });
    }
}
