namespace Omniview.Plugin.DevServer.Events;

/// <summary>Something that happened to a plugin, on its way to subscribers.</summary>
/// <param name="Id">Rises with every event of this host.</param>
/// <param name="Type">One of <see cref="Core.Hosting.DevEvents"/>.</param>
internal sealed record HostEvent(long Id, string Type, string PluginId, object Payload);
