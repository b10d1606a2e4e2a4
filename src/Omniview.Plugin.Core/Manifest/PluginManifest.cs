namespace Omniview.Plugin.Core.Manifest;

/// <summary>What a plugin.yaml without errors says. Keys that are not listed here are the author's business.</summary>
internal sealed record PluginManifest
{
    /// <summary>Absolute path of plugin.yaml.</summary>
    public required string File { get; init; }

    /// <summary>Passed <see cref="PluginId.Problem"/>: safe as the name of a folder on every system.</summary>
    public required string Id { get; init; }

    /// <summary>1-based line and column of the id in the file.</summary>
    public (int Line, int Column) IdPlace { get; init; }

    /// <summary>As written: <c>1.10</c> stays <c>1.10</c>. Any text, so not safe as part of a path.</summary>
    public required string Version { get; init; }

    /// <summary>The id where the file gives no name.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// At least one, in the file's order, each once. May hold names that <see cref="Capability"/> does not know.
    /// </summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Whether the plugin has a Go part: any capability but <c>ui</c> asks for one.</summary>
    public bool HasBackend => Capabilities.Any(capability => capability != Capability.Ui);

    /// <summary>Whether the plugin has a page that Vite builds.</summary>
    public bool HasUi => Capabilities.Contains(Capability.Ui);
}
