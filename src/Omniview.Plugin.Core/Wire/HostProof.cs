using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// How a dev host proves to be the one whose token a client has read, before it is sent that token or anything else: it
/// signs what the client has just made up. Each connection begins with that, since another program may have the port by
/// the time of the next.
/// </summary>
internal static class HostProof
{
    public const string Path = "/api/v1/proof";
    public const int NonceLength = 32;

    private const int ProofLength = 2 * SHA256.HashSizeInBytes;
    private const string Protocol = "HTTP/1.1 ";
    private const int LongestAnswer = 4096;

    /// <summary>What only who knows the token can answer.</summary>
    /// <param name="token">The dev host's.</param>
    /// <param name="nonce">Made up by who asks.</param>
    /// <param name="port">Where it was asked, so that no other port's server can pass the question on.</param>
    public static string Of(string token, string nonce, int port) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(token),
                Encoding.UTF8.GetBytes(FormattableString.Invariant($"omniview-plugin-dev {port} {nonce}"))));

    /// <summary>A connection to the dev host that has this token.</summary>
    /// <exception cref="HostUnprovenException">Something else answers there.</exception>
    /// <exception cref="IOException">It is no web server, or breaks off.</exception>
    /// <exception cref="SocketException">Nothing listens there.</exception>
    internal static async Task<Stream> ConnectAsync(string token, int port, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            var nonce = Randomness.Hex(NonceLength / 2);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant(
                $"GET {Path}?nonce={nonce} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")), cancellation);
            var answer = await ReadAnswerAsync(stream, cancellation);
            return CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(answer), Encoding.ASCII.GetBytes(Of(token, nonce, port)))
                ? stream
                : throw new HostUnprovenException(isDevHost: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The body, which is as long as a proof; what has any other form is no dev host's answer.</summary>
    private static async Task<string> ReadAnswerAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var answer = new byte[LongestAnswer];
        for (var count = 0; count < answer.Length;)
        {
            var read = await stream.ReadAsync(answer.AsMemory(count), cancellation);
            if (read == 0)
            {
                throw new IOException("the connection was closed without an answer");
            }

            count += read;
            var text = Encoding.Latin1.GetString(answer, 0, count);
            if (!text.StartsWith(Protocol[..Math.Min(count, Protocol.Length)], StringComparison.Ordinal))
            {
                throw new IOException("what answers is no web server");
            }

            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var head)
            {
                if (!text.StartsWith($"{Protocol}200 ", StringComparison.Ordinal)
                    || !text[..head].Contains($"\r\nContent-Length: {ProofLength}", StringComparison.OrdinalIgnoreCase))
                {
                    break;
                }

                if (text[(head + 4)..] is { Length: ProofLength } body)
                {
                    return body;
                }
            }
        }

        throw new HostUnprovenException(isDevHost: false);
    }
}
