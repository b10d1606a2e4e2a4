using System.Net;
using System.Net.Sockets;

namespace Omniview.Plugin.DevServer.External;

/// <summary>Whether something accepts at an address: all that may be asked of a plugin that is not ours.</summary>
internal static class AddressProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    public static async Task<bool> AcceptsAsync(EndPoint address, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        using var socket = new Socket(
            address.AddressFamily,
            SocketType.Stream,
            address is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }
}
