using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>One line of a plugin's log.</summary>
/// <param name="Timestamp">RFC 3339 with milliseconds, UTC.</param>
/// <param name="Source">One of <see cref="LogSource"/>.</param>
/// <param name="Level">info, warn, error or debug.</param>
/// <param name="Seq">Rises with every line of the plugin.</param>
/// <param name="Generation">The generation the line belongs to.</param>
public sealed record LogEntry(
    string Timestamp,
    string Source,
    string Level,
    string Message,
    [property: JsonPropertyName("pluginID")] string PluginId,
    long Seq,
    int Generation);
