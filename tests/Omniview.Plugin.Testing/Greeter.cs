using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Omniview.Plugin.Testing;

/// <summary>Calls the sample's own gRPC method, at the address in <c>.devinfo</c>: what Omniview would do.</summary>
internal static class Greeter
{
    /// <summary>The answer, or null when nobody answers.</summary>
    public static async Task<string?> GreetAsync(string devInfoFile, string name)
    {
        try
        {
            using var devInfo = JsonDocument.Parse(await File.ReadAllTextAsync(devInfoFile));
            var address = new UnixDomainSocketEndPoint(devInfo.RootElement.GetProperty("addr").GetString()!);
            using var client = new HttpClient(
                new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(address, cancellation) });
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1/hello.v1.Greeter/Greet")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(Frame(name)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TE.ParseAdd("trailers");
            using var response = await client.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            return Encoding.UTF8.GetString(body.AsSpan(7, body[6])); // frame head, field tag, length
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return null;
        }
    }

    private static byte[] Frame(string name)
    {
        var frame = new byte[7 + name.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), 2 + name.Length);
        frame[5] = 0x0A; // field 1, length-delimited
        frame[6] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, frame.AsSpan(7));
        return frame;
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
