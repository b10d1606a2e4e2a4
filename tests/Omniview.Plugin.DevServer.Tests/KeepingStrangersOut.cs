using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class KeepingStrangersOut : HostScratch
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly (HttpMethod Method, string Path)[] Everything =
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
    private static readonly (HttpMethod Method, string Path)[] Open =
    [
        (HttpMethod.Get, "/"),
        (HttpMethod.Get, "/icons/ready.svg"),
        (HttpMethod.Post, "/api/v1/dashboard/logins"),
    ];

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
    public Task Another_host_name_is_refused_even_with_the_token() =>
        AssertAllRefusedAsync(
            HttpStatusCode.Forbidden,
            [.. Everything, .. Open],
            [
                "evil.example",
                "evil.example:{port}",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:{port}",
                "[::1]:{port}",
            ],
            (request, name) => request.Headers.Host = name);

    [Fact]
    public Task No_other_spelling_of_its_address_is_taken_for_it() =>
        AssertAllRefusedAsync(
            HttpStatusCode.Forbidden,
            [.. Everything, .. Open],
            [
                "127.0.0.1.:{port}",
                "127.0.0.1.",
                "127.1:{port}",
                "2130706433:{port}",
                "0x7f.0.0.1:{port}",
                "[::ffff:127.0.0.1]:{port}",
                "127.0.0.1:0{port}",
                "localhost.:{port}",
                "LOCALHOST:{port}",
            ],
            (request, name) => request.Headers.Host = name);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: me@127.0.0.1:{port}")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1: {port}")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}, evil.example")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example")]
    [InlineData("GET / HTTP/1.1\r\nHost:")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET / HTTP/1.0")]
    [InlineData("GET http://127.0.0.1.:{port}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}")]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:{port}")]
    public async Task A_request_that_does_not_name_it_once_is_refused(string head)
    {
        var host = await HostAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, host.Record.Port, Cancellation);
        var text =
            $"{head.Replace("{port}", $"{host.Record.Port}", StringComparison.Ordinal)}\r\nAuthorization: Bearer " +
            $"{await TokenAsync(host.Record)}\r\nConnection: close\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);

        using var answer = new StreamReader(connection.GetStream());

        Assert.Matches("^HTTP/1.1 40[03] ", await answer.ReadLineAsync(Cancellation));
    }

    [Fact]
    public Task Pages_of_other_origins_are_refused_even_with_the_token() =>
        AssertAllRefusedAsync(
            HttpStatusCode.Forbidden,
            [.. Everything, .. Open],
            [
                "null",
                "https://evil.example",
                "http://127.0.0.1:1",
                "https://127.0.0.1:{port}",
                "http://127.0.0.1:{port}.evil.example",
                "http://localhost:{port}",
                "",
                "http://127.0.0.1.:{port}",
                "http://127.1:{port}",
                "HTTP://127.0.0.1:{port}",
                "http://127.0.0.1:{port}/",
                "http://me@127.0.0.1:{port}",
                "http://127.0.0.1:0{port}",
                "http://[::ffff:127.0.0.1]:{port}",
            ],
            (request, origin) => request.Headers.TryAddWithoutValidation("Origin", origin));

    [Fact]
    public async Task Its_own_origin_is_let_in_and_no_other_is_ever_told_that_it_may_read()
    {
        var host = await HostAsync();

        using var own = await SendAsync(
            host.Record,
            HttpMethod.Get,
            "/api/v1/version",
            request => request.Headers.Add("Origin", $"http://127.0.0.1:{host.Record.Port}")
        );
        using var foreign = await SendAsync(
            host.Record, HttpMethod.Options, "/api/v1/plugins", request =>
            {
                request.Headers.Add("Origin", "https://evil.example");
                request.Headers.Add("Access-Control-Request-Method", "POST");
            });

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        foreach (var answer in new[] { own, foreign })
        {
            Assert.DoesNotContain(
                answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

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

    private async Task AssertAllRefusedAsync(
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

    private static Task<string> TokenAsync(HostRecord record) => File.ReadAllTextAsync(record.TokenFile, Cancellation);

    private static async Task<HttpResponseMessage> SendAsync(
        HostRecord record, HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{record.Port}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(record));
        change(request);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
