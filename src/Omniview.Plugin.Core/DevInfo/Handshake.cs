using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>
/// The line a go-plugin server prints on standard output once it listens:
/// <c>core|app|network|address[|protocol[|certificate[|multiplex]]]</c> (go-plugin server.go, Serve).
/// </summary>
/// <param name="AppProtocolVersion">The plugin's own protocol version; Omniview's is 1.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Protocol"><c>grpc</c> or <c>netrpc</c>; go-plugin means netrpc when the field is absent.</param>
internal sealed record Handshake(int AppProtocolVersion, PluginAddress Address, string Protocol)
{
    private const int CoreProtocolVersion = 1;
    private const int OmniviewProtocolVersion = 1; // plugin-sdk, pkg/config/meta.go

    /// <summary>
    /// Null when the line is no handshake at all but ordinary output; a plugin may print before it serves. What
    /// go-plugin's client would not take for one is none (client.go, Start): other networks and protocols than it
    /// knows. Without a protocol, as plugins of 2016 had it, all else has to be right.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP3008: a handshake this product can't work with.</exception>
    public static Handshake? Parse(string line)
    {
        var fields = line.Trim().Split('|');
        if (fields.Length is < 4 or > 7 || !IsNumber(fields[0], out var core) || !IsNumber(fields[1], out var app))
        {
            return null;
        }

        var named = fields.Length > 4 ? fields[4] : "";
        var handshake = new Handshake(
            app, new PluginAddress(fields[2], fields[3]), named.Length > 0 ? named : "netrpc");
        var isOne = fields[2] is "unix" or "tcp" && (named.Length > 0
            ? named is "grpc" or "netrpc"
            : core == CoreProtocolVersion && app == OmniviewProtocolVersion && handshake.Address.EndPoint is not null);
        if (!isOne)
        {
            return null;
        }

        var problem =
            core != CoreProtocolVersion ? $"its go-plugin core protocol is {core}, not {CoreProtocolVersion}" :
            app != OmniviewProtocolVersion ? $"its protocol version is {app}, and Omniview's is " +
                $"{OmniviewProtocolVersion}" :
            handshake.Protocol != "grpc" ? $"it speaks '{handshake.Protocol}', not grpc" :
            fields.Length > 5 && fields[5].Length > 0 ? "it asks for mutual TLS, which the dev host does not offer" :
            handshake.Address.EndPoint is null ? $"'{handshake.Address}' is neither a unix socket nor a loopback " +
                "TCP address" :
            null;
        return problem is null
            ? handshake
            : throw new DiagnosticException(
                Diagnostic.Error(
                    DiagnosticCodes.HandshakeUnreadable,
                    $"The plugin's handshake '{line.Trim()}' can't be used: {problem}."));
    }

    private static bool IsNumber(string field, out int number) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
