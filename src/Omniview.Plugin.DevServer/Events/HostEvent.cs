namespace Omniview.Plugin.DevServer.Events;

/// <summary>Something that happened to a plugin, on its way to subscribers.</summary>
/// <param name="Id">Rises with every event, also from one host to the next.</param>
/// <param name="Ordinal">Which one it is of this plugin's events, from 1.</param>
/// <param name="Type">One of <see cref="Core.Hosting.DevEvents"/>.</param>
/// <param name="Weight">About how many characters it keeps in memory.</param>
internal sealed record HostEvent(long Id, long Ordinal, string Type, string PluginId, object Payload, int Weight);
