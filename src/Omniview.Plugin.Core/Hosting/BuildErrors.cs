using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>All problems of a plugin's current sources; an empty list takes the earlier ones back.</summary>
public sealed record BuildErrors([property: JsonPropertyName("pluginID")] string PluginId, IReadOnlyList<BuildError> Errors);
