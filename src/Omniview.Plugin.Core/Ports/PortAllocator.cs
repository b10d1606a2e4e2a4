using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ports;

/// <summary>
/// Hands out ports no one in this process has and nothing listens on, lowest first. Between this check and the child's
/// own listen another program may still take the port: the child is told to be strict, and the caller asks again.
/// </summary>
public sealed class PortAllocator
{
    private readonly HashSet<int> _taken = [];
    private readonly Lock _lock = new();

    /// <param name="range">Where to look.</param>
    /// <param name="preferred">Tried first when it lies in the range, so that a restart gets its port back.</param>
    /// <param name="except">Ports already found unusable by the caller.</param>
    /// <exception cref="DiagnosticException">OVP3005: none is free, or the range is no range of ports.</exception>
    public PortLease Allocate(PortRange range, int? preferred = null, IReadOnlySet<int>? except = null)
    {
        if (range.First < 1 || range.Last > IPEndPoint.MaxPort || range.First > range.Last)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.NoFreePort,
                $"{range} is no range of ports: they go from 1 to {IPEndPoint.MaxPort}, the lower first. Set ViteDevPortStart and ViteDevPortEnd to other numbers."));
        }

        var candidates = Enumerable.Range(range.First, range.Last - range.First + 1);
        if (preferred is { } port && port >= range.First && port <= range.Last)
        {
            candidates = candidates.Prepend(port);
        }

        lock (_lock)
        {
            foreach (var candidate in candidates)
            {
                if (!_taken.Contains(candidate) && except?.Contains(candidate) != true && IsFree(candidate))
                {
                    _taken.Add(candidate);
                    return new PortLease(candidate, Release);
                }
            }
        }

        throw new DiagnosticException(Diagnostic.Error(
            DiagnosticCodes.NoFreePort,
            $"No port is free in {range}. Stop what listens there, or set ViteDevPortStart and ViteDevPortEnd to another range."));
    }

    /// <summary>Whether nothing listens on the port, neither on 127.0.0.1 nor on ::1.</summary>
    public static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ExclusiveAddressUse = OperatingSystem.IsWindows(); // elsewhere the option would refuse a port that is only in TIME_WAIT
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported; // no such loopback here
        }
    }

    private void Release(int port)
    {
        lock (_lock)
        {
            _taken.Remove(port);
        }
    }
}
