using System.Text.Json.Serialization;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>install</c> answers.</summary>
/// <param name="Version">As the archive's plugin.yaml has it.</param>
/// <param name="Directory">Where it is now.</param>
/// <param name="Changed">False when the same was installed already.</param>
/// <param name="LeftOut">What the archive has besides a plugin, by name; at most a hundred.</param>
internal sealed record InstalledResult(
    [property: JsonPropertyName("pluginID")] string PluginId,
    string Version,
    string Directory,
    bool Changed,
    IReadOnlyList<string> LeftOut);
