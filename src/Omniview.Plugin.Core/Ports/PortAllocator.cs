using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ports;

/// <summary>
/// Hands out ports that no dev host has given to anybody and nothing listens on, lowest first. Between this check and
/// the child's own listen a foreign program may still take the port: the child is told to be strict, and the caller
/// asks again.
/// </summary>
internal sealed class PortAllocator
{
    private const int HoldersShown = 5;

    private readonly Dictionary<int, PortReservation> _taken = [];
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
                $"{range} is no range of ports: they go from 1 to {IPEndPoint.MaxPort}, the lower first. Set " +
                "ViteDevPortStart and ViteDevPortEnd to other numbers."));
        }

        var candidates = Enumerable.Range(range.First, range.Count);
        if (preferred is { } port && range.Contains(port))
        {
            candidates = candidates.Prepend(port);
        }

        lock (_lock)
        {
            foreach (var candidate in candidates)
            {
                if (!_taken.ContainsKey(candidate) && except?.Contains(candidate) != true
                    && TryReserve(candidate) is { } reservation)
                {
                    _taken.Add(candidate, reservation);
                    return new PortLease(candidate, Release);
                }
            }

            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.NoFreePort,
                $"No port is free in {range}. {Holders(range)} Stop what listens there, or set ViteDevPortStart and " +
                "ViteDevPortEnd to another range."));
        }
    }

    /// <summary>Whether nothing listens on the port, neither on 127.0.0.1 nor on ::1.</summary>
    public static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static PortReservation? TryReserve(int port)
    {
        var reservation = PortReservation.TryTake(port); // first, or another host's probe could look like a listener
        if (reservation is not null && !IsFree(port))
        {
            reservation.Dispose();
            return null;
        }

        return reservation;
    }

    private static bool CanListen(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // elsewhere the option would refuse a port that is only in TIME_WAIT
            socket.ExclusiveAddressUse = OperatingSystem.IsWindows();
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            // no such loopback here
            return e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }

    /// <summary>Who has the ports, as far as one can see.</summary>
    private string Holders(PortRange range)
    {
        var holders = PortHolder.In(range);
        // taken by a plugin whose server is yet to listen, or in another way
        var silent = range.Count - holders.SelectMany(holder => holder.Ports).Distinct().Count();
        var own = _taken.Keys.Count(range.Contains);
        List<string> parts = [.. holders.Take(HoldersShown).Select(holder => holder.ToString())];
        if (holders.Count > HoldersShown)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{holders.Count - HoldersShown} more programs"));
        }

        if (silent > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{silent} on which nothing listens (yet)"));
        }

        var ours = own == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture, $" {own} of {range.Count} are of plugins this dev host serves.");
        return $"Taken by {string.Join("; ", parts)}.{ours}";
    }

    private void Release(int port)
    {
        lock (_lock)
        {
            if (_taken.Remove(port, out var reservation))
            {
                reservation.Dispose();
            }
        }
    }
}
