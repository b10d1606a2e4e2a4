using System.Text.Json;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Events;

/// <summary>Something that happened to a plugin, on its way to subscribers.</summary>
/// <param name="Id">Rises with every event, also from one host to the next.</param>
/// <param name="Ordinal">Which one it is of this plugin's events, from 1.</param>
/// <param name="Type">One of <see cref="DevEvents"/>.</param>
/// <param name="Weight">About how many characters it keeps in memory.</param>
internal sealed record HostEvent(long Id, long Ordinal, string Type, string PluginId, object Payload, int Weight)
{
    private byte[]? _json;

    /// <summary>The payload as it goes to every subscriber: written once, not once for each.</summary>
    public ReadOnlyMemory<byte> Json =>
        _json ??= JsonSerializer.SerializeToUtf8Bytes(Payload, Payload.GetType(), WireJson.Options);
}
