using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Wire;

/// <summary>A swap of a plugin that begins, is done, or failed.</summary>
/// <param name="PluginId">Whose.</param>
/// <param name="Error">Why it failed; empty otherwise.</param>
internal sealed record DevReload([property: JsonPropertyName("pluginID")] string PluginId, string Error);
