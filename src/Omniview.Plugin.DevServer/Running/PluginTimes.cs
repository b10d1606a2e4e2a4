namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// How long it took to start a plugin, from there to its handshake, and from there to a healthy answer.
/// </summary>
internal readonly record struct PluginTimes(TimeSpan Start, TimeSpan Handshake, TimeSpan Health);
