using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Wire;

/// <summary>One line of a plugin's log.</summary>
/// <param name="Timestamp">RFC 3339 with milliseconds, UTC.</param>
/// <param name="Source">One of <see cref="LogSource"/>.</param>
/// <param name="Level">info, warn, error or debug.</param>
/// <param name="Seq">One more with every line of the plugin, also when it is stopped and started again: a jump means
/// lines that came too fast to be passed on.</param>
/// <param name="Generation">The generation the line belongs to.</param>
internal sealed record LogEntry(
    string Timestamp,
    string Source,
    string Level,
    string Message,
    [property: JsonPropertyName("pluginID")] string PluginId,
    long Seq,
    int Generation);
