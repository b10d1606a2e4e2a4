namespace Omniview.Plugin.Core.Packaging;

/// <summary>What to pack, and where to.</summary>
internal sealed record PackRequest
{
    public required string PluginId { get; init; }

    public required string Version { get; init; }

    /// <summary>Absolute; created when missing.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>See <see cref="ArchiveName"/>.</summary>
    public string NameTemplate { get; init; } = ArchiveName.Default;

    /// <summary>Absolute path of plugin.yaml.</summary>
    public required string Manifest { get; init; }

    /// <summary>Absolute path of the built UI's assets; null without a UI.</summary>
    public string? Assets { get; init; }

    /// <summary>
    /// The platforms, as runtime identifiers, and for each the absolute path of its binary; null without a backend.
    /// </summary>
    public required IReadOnlyDictionary<string, string?> Binaries { get; init; }
}
