using System.Text.Json.Serialization;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>open</c> answers.</summary>
/// <param name="Url">The plugin's page.</param>
internal sealed record OpenResult([property: JsonPropertyName("pluginID")] string PluginId, string Url);
