namespace Omniview.Plugin.DevServer.Instances;

/// <summary>How long a plugin took from its start to its handshake, and from there to a healthy answer.</summary>
internal readonly record struct PluginTimes(TimeSpan Handshake, TimeSpan Health);
