using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Another origin: serves one page, under an address of this machine and under any name that leads to it, and keeps
/// what it is sent.
/// </summary>
internal sealed class Attacker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _received = new();

    public Attacker()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The head of each request.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                // browsers open connections that they may use later
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        const string Page = "<!doctype html><title>attacker</title><body>hello";
        try
        {
            using var client = connection;
            await using var stream = client.GetStream();
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer);
                if (count == 0)
                {
                    return;
                }

                head.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            _received.Enqueue(head.ToString());
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: " +
                $"close\r\n\r\n{Page}"));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // the browser has gone
        }
    }
}
