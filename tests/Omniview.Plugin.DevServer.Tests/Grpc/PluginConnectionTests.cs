using System.Net;
using System.Net.Sockets;
using System.Text;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.Tests.Grpc;

public sealed class PluginConnectionTests(SamplePlugin plugin) : IClassFixture<SamplePlugin>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public async Task A_healthy_plugin_is_serving_and_a_dead_one_is_not(string network)
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Healthy, network);
        await using var _ = process;
        using var connection = new PluginConnection(handshake.Address);

        Assert.Equal(
            (network, "grpc", 1), (handshake.Address.Network, handshake.Protocol, handshake.AppProtocolVersion));
        Assert.Equal(PluginHealth.Serving, await connection.CheckHealthAsync(Cancellation));
        Assert.Equal(PluginHealth.Serving, await connection.CheckHealthAsync(Cancellation));

        await process.StopAsync(Limits.Wait);

        Assert.Equal(0, await process.Exited);
        Assert.Equal(PluginHealth.Silent, await connection.CheckHealthAsync(Cancellation));
    }

    [Fact]
    public async Task A_killed_plugin_whose_socket_is_left_is_not_serving()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Healthy);
        await process.DisposeAsync();
        Assert.True(File.Exists(handshake.Address.Address));
        using var connection = new PluginConnection(handshake.Address);

        Assert.Equal(PluginHealth.Silent, await connection.CheckHealthAsync(Cancellation));
    }

    [Fact]
    public async Task A_plugin_that_says_NOT_SERVING_is_not()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Sick);
        await using var _ = process;
        using var connection = new PluginConnection(handshake.Address);

        Assert.Equal(PluginHealth.NotServing, await connection.CheckHealthAsync(Cancellation));
    }

    [Fact]
    public async Task Who_speaks_something_else_is_not_serving()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new PluginConnection(new PluginAddress("tcp", $"{listener.LocalEndpoint}"));
        var serving = connection.CheckHealthAsync(Cancellation);

        using (var client = await listener.AcceptTcpClientAsync(Cancellation))
        {
            await client.GetStream().WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancellation);
        }

        Assert.Equal(PluginHealth.Silent, await serving);
    }

    [Fact]
    public async Task A_silent_listener_is_waited_for_until_cancelled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new PluginConnection(new PluginAddress("tcp", $"{listener.LocalEndpoint}"));
        using var cancel = new CancellationTokenSource();
        var serving = connection.CheckHealthAsync(cancel.Token);
        using var client = await listener.AcceptTcpClientAsync(Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task A_plugin_without_an_output_stream_ends_it_at_once()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Healthy);
        await using var _ = process;

        Assert.Empty(await ReadAsync(handshake));
        Assert.False(process.Exited.IsCompleted);
    }

    [Fact]
    public async Task What_a_plugin_prints_arrives_with_its_channel()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Sick);
        await using var _ = process;

        Assert.Equal([(true, "last words")], await ReadAsync(handshake));
    }

    [Fact]
    public async Task An_output_stream_that_cannot_be_read_just_ends()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Sick, variables: "GARBLED");
        await using var _ = process;

        Assert.Empty(await ReadAsync(handshake));
    }

    [Fact]
    public async Task The_output_stream_of_a_dead_plugin_just_ends()
    {
        var (process, handshake) = await plugin.StartAsync(plugin.Healthy);
        await process.DisposeAsync();

        Assert.Empty(await ReadAsync(handshake));
    }

    [Fact]
    public void An_address_nobody_can_connect_to_is_refused() =>
        Assert.Throws<ArgumentException>(() => new PluginConnection(new PluginAddress("tcp", "10.0.0.1:80")));

    private static async Task<List<(bool IsError, string Text)>> ReadAsync(Handshake handshake)
    {
        using var connection = new PluginConnection(handshake.Address);
        var read = new List<(bool, string)>();
        await foreach (var (isError, data) in connection.ReadOutputAsync(Cancellation))
        {
            read.Add((isError, Encoding.UTF8.GetString(data)));
        }

        return read;
    }
}
