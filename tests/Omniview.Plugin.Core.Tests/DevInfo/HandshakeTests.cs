using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.DevInfo;

public sealed class HandshakeTests
{
    private static readonly string LongPath = "/" + new string('x', 200);
    private static readonly string TooLongPath = "/" + new string('x', 107); // one byte more than sockaddr_un takes

    [Theory]
    [InlineData("1|1|unix|/tmp/plugin1/socket|grpc", "unix", "/tmp/plugin1/socket")]
    [InlineData("1|1|unix|/tmp/plugin1/socket|grpc|", "unix", "/tmp/plugin1/socket")]
    [InlineData("1|1|unix|/tmp/plugin1/socket|grpc||true", "unix", "/tmp/plugin1/socket")]
    [InlineData("1|1|unix|/tmp/with space é/s|grpc|\r\n", "unix", "/tmp/with space é/s")]
    [InlineData("  1|1|tcp|127.0.0.1:1234|grpc|  ", "tcp", "127.0.0.1:1234")]
    [InlineData("1|1|tcp|127.0.0.1:1234|grpc\r", "tcp", "127.0.0.1:1234")]
    [InlineData("1|1|tcp|[::1]:123|grpc|", "tcp", "[::1]:123")]
    public void What_go_plugin_prints_is_read(string line, string network, string address)
    {
        SkipWithoutUnixSockets(network == "unix");
        Assert.Equal(new Handshake(1, new PluginAddress(network, address), "grpc"), Handshake.Parse(line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("|||")]
    [InlineData("hello")]
    [InlineData("1|1|unix")]
    [InlineData("a|b|c|d")]
    [InlineData("1|x|unix|/tmp/s|grpc")]
    [InlineData("-1|1|unix|/tmp/s|grpc")]
    [InlineData("99999999999|1|unix|/tmp/s|grpc")]
    [InlineData("1|1|unix|/tmp/s|grpc||true|more")]
    [InlineData("time=12:00 | level=info | a | b | c")]
    [InlineData("1|2|x|y|z")]
    [InlineData("1|1|pipe|/tmp/s|grpc|")]
    [InlineData("1|1|unix|/tmp/s|GRPC|")]
    [InlineData("1|1|tcp|127.0.0.1:80|established")]
    [InlineData("7|3|tcp|127.0.0.1:80")]
    [InlineData("1|2|tcp|127.0.0.1:80")]
    [InlineData("1|1|tcp|10.0.0.1:80")]
    [InlineData("1|1|unix|name|")]
    public void Ordinary_output_is_no_handshake(string line) => Assert.Null(Handshake.Parse(line));

    public static TheoryData<string, string> Unusable { get; } = new()
    {
        { "2|1|unix|/tmp/s|grpc|", "core protocol is 2" },
        { "1|2|unix|/tmp/s|grpc|", "protocol version is 2" },
        { "1|1|unix|/tmp/s", "netrpc" },
        { "1|1|unix|/tmp/s|", "netrpc" },
        { "1|1|tcp|127.0.0.1:1234", "netrpc" },
        { "1|1|unix|/tmp/s|netrpc|", "netrpc" },
        { "1|1|unix|/tmp/s|grpc|MIIB", "TLS" },
        { "1|1|unix|relative/s|grpc|", "relative/s" },
        { "1|1|unix||grpc|", "unix" },
        { $"1|1|unix|{LongPath}|grpc|", LongPath },
        { $"1|1|unix|{TooLongPath}|grpc|", TooLongPath },
        { "1|1|tcp|10.0.0.1:80|grpc|", "10.0.0.1:80" },
        { "1|1|tcp|0.0.0.0:80|grpc|", "0.0.0.0:80" },
        { "1|1|tcp|localhost:1234|grpc|", "localhost:1234" },
        { "1|1|tcp|127.0.0.1:0|grpc|", "127.0.0.1:0" },
        { "1|1|tcp|127.0.0.1:65536|grpc|", "65536" },
        { "1|1|tcp|127.0.0.1|grpc|", "127.0.0.1" },
        { "1|1|tcp|[fe80::1]:80|grpc|", "fe80::1" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_handshake_we_cannot_work_with_is_OVP3008_and_says_why(string line, string because)
    {
        SkipWithoutUnixSockets(because == "netrpc" && line.Contains("unix", StringComparison.Ordinal));
        var problem = Assert.Throws<DiagnosticException>(() => Handshake.Parse(line)).Diagnostic;

        Assert.Equal(DiagnosticCodes.HandshakeUnreadable, problem.Code);
        Assert.Contains(line, problem.Message);
        Assert.Contains(because, problem.Message);
    }

    [Fact]
    [NotInWine("it has no Unix sockets (winapi error 10047)")]
    public void Addresses_become_what_can_be_connected_to()
    {
        Assert.Equal(new UnixDomainSocketEndPoint("/tmp/s"), new PluginAddress("unix", "/tmp/s").EndPoint);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 123), new PluginAddress("tcp", "[::1]:123").EndPoint);
        Assert.Equal("tcp:[::1]:123", new PluginAddress("tcp", "[::1]:123").ToString());
    }

    private static void SkipWithoutUnixSockets(bool needed) =>
        Assert.SkipWhen(needed && !Socket.OSSupportsUnixDomainSockets, "this system, Wine, has no Unix sockets");
}
