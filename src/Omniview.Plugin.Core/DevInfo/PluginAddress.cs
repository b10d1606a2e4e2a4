using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>
/// Where a plugin serves gRPC: <c>unix</c> with a socket path, or <c>tcp</c> with host and port on loopback.
/// </summary>
internal sealed record PluginAddress(string Network, string Address)
{
    // bytes: sockaddr_un's sun_path less its closing zero
    private static readonly int LongestSocketPath = OperatingSystem.IsMacOS() ? 103 : 107;

    /// <summary>
    /// The address as something to connect to, or null when it is neither a socket path nor loopback TCP.
    /// </summary>
    public EndPoint? EndPoint
    {
        get
        {
            if (Network == "unix")
            {
                return Path.IsPathFullyQualified(Address) && Encoding.UTF8.GetByteCount(Address) <= LongestSocketPath
                    ? new UnixDomainSocketEndPoint(Address)
                    : null;
            }

            return Network == "tcp" && IPEndPoint.TryParse(Address, out var endPoint) && endPoint.Port > 0
                && IPAddress.IsLoopback(endPoint.Address)
                ? endPoint
                : null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}:{Address}");
}
