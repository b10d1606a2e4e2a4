using System.Net;
using System.Net.Sockets;
using System.Text;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class CheckingNamesAndOrigins : StrangerScratch
{
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
}
