using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>Another origin: serves one page, under an address of this machine and under any name that leads to it.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Attacker()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        const string Page = "<!doctype html><title>attacker</title><body>hello";
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}");
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[16]); // enough to be sure that it asks
                await stream.WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // the test is over
        }
    }
}
