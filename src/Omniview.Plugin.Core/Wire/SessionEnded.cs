namespace Omniview.Plugin.Core.Wire;

/// <summary>What ending a session or a plugin did.</summary>
/// <param name="PluginStopped">False when another lease keeps the plugin running.</param>
/// <param name="HostEnds">The dev host has nothing left to do and ends itself.</param>
internal sealed record SessionEnded(bool PluginStopped, bool HostEnds);
