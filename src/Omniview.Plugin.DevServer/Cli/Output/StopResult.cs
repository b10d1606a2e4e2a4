using System.Text.Json.Serialization;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>stop</c> answers, once the plugin is down.</summary>
/// <param name="HostEnded">It was the last one, so the dev host has ended too.</param>
internal sealed record StopResult([property: JsonPropertyName("pluginID")] string PluginId, bool HostEnded);
