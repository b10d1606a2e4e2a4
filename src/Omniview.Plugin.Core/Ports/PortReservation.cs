using System.Globalization;
using System.Net.Sockets;

namespace Omniview.Plugin.Core.Ports;

/// <summary>
/// Tells the other dev hosts of this machine, of whatever user, that a port is spoken for before anything listens on
/// it. Linux: a socket in the abstract namespace (unix(7)), which ends with its owner however that dies and is seen
/// just as far as the port is, in one network namespace. Elsewhere there is no such thing, and two hosts may choose the
/// same port: then one of the servers finds it taken and gets the next.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private readonly Socket? _socket;

    private PortReservation(Socket? socket) => _socket = socket;

    /// <summary>Null when someone else has it.</summary>
    public static PortReservation? TryTake(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new PortReservation(null);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(string.Create(
                CultureInfo.InvariantCulture, $"\0omniview-dev-port-{port}")));
            return new PortReservation(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public void Dispose() => _socket?.Dispose();
}
