using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Omniview.Plugin.Core.DevInfo;

namespace Omniview.Plugin.DevServer.Grpc;

/// <summary>
/// The gRPC a dev host needs of a plugin: is it healthy, and what does it print. One unary call and one stream over
/// HTTP/2 without TLS, so no gRPC library is drawn in; the frame is a zero byte, a big-endian length and the message
/// (gRPC over HTTP2, "Length-Prefixed-Message").
/// </summary>
internal sealed class PluginConnection : IDisposable
{
    private const string HealthService = "plugin"; // the name go-plugin registers (grpc_server.go)
    private const string Unimplemented = "12"; // gRPC's status code for a method that is not there
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly HttpClient _client;

    public PluginConnection(PluginAddress address)
    {
        var endPoint =
            address.EndPoint ?? throw new ArgumentException($"{address} can't be connected to", nameof(address));
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellation) => ConnectAsync(endPoint, cancellation),
            UseProxy = false,
        };
        // otherwise a timer looks for idle ones four times a minute, for each plugin
        handler.PooledConnectionIdleTimeout = handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri("http://127.0.0.1"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>
    /// Asks the plugin for its health. An unreachable one is not an error here but <see cref="PluginHealth.Silent"/>.
    /// </summary>
    public async Task<PluginHealth> CheckHealthAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await CallAsync(
                "/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = HealthService }, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            if (await ReadMessageAsync(body, cancellation) is not { } message)
            {
                return Status(response) == Unimplemented ? PluginHealth.NotOffered : PluginHealth.Silent;
            }

            return
                HealthCheckResponse.Parser.ParseFrom(message).Status == HealthCheckResponse.Types.ServingStatus.Serving
                ? PluginHealth.Serving
                : PluginHealth.NotServing;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidProtocolBufferException)
        {
            return PluginHealth.Silent;
        }
    }

    /// <summary>
    /// What the plugin prints after its handshake: from then on go-plugin sends standard output and error over this
    /// stream only, and a plugin that nobody listens to blocks once its buffer is full. Ends with the plugin, or at
    /// once when it does not offer the stream.
    /// </summary>
    public async IAsyncEnumerable<(bool IsError, byte[] Data)> ReadOutputAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        HttpResponseMessage? response = null;
        Stream? body = null;
        try
        {
            while (true)
            {
                StdioData? data;
                try
                {
                    response ??= await CallAsync("/plugin.GRPCStdio/StreamStdio", new Empty(), cancellation);
                    body ??= await response.Content.ReadAsStreamAsync(cancellation);
                    var message = await ReadMessageAsync(body, cancellation);
                    data = message is null ? null : StdioData.Parser.ParseFrom(message);
                }
                // an unreadable message is an IOException too
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    yield break;
                }

                if (data is null)
                {
                    yield break;
                }

                yield return (data.Channel == StdioData.Types.Channel.Stderr, data.Data.ToByteArray());
            }
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// A call without an answer has its status in the headers ("Trailers-Only"), any other in the trailers.
    /// </summary>
    private static string? Status(HttpResponseMessage response) =>
        response.Headers.TryGetValues("grpc-status", out var values)
            || response.TrailingHeaders.TryGetValues("grpc-status", out values)
            ? values.First()
            : null;

    private static async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancellation)
    {
        var protocol = endPoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<HttpResponseMessage> CallAsync(string method, IMessage message, CancellationToken cancellation)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>
    /// Null at the end of the stream, which is also how a call that failed looks: no message, only a status.
    /// </summary>
    private static async Task<byte[]?> ReadMessageAsync(Stream body, CancellationToken cancellation)
    {
        var head = new byte[5];
        if (await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1));
        if (head[0] != 0 || length > MaxMessageBytes)
        {
            throw new IOException($"unexpected gRPC frame: flag {head[0]}, {length} bytes");
        }

        var message = new byte[length];
        await body.ReadExactlyAsync(message, cancellation);
        return message;
    }
}
