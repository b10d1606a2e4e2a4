using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Wire;

/// <summary>All problems of a plugin's current sources; an empty list takes the earlier ones back.</summary>
internal sealed record BuildErrors(
    [property: JsonPropertyName("pluginID")] string PluginId, IReadOnlyList<BuildError> Errors);
