using System.Text.Json.Serialization;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>open</c> answers.</summary>
/// <param name="PluginId">Empty for the dashboard when no plugin is meant more than others.</param>
/// <param name="Url">The plugin's page, or the link to the dashboard, which is used up by now.</param>
internal sealed record OpenResult([property: JsonPropertyName("pluginID")] string PluginId, string Url);
