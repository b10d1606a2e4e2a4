namespace Omniview.Plugin.Core.Install;

/// <summary>What to install, and where. Sources may lie on another file system; they are copied, never moved.</summary>
/// <param name="StateDirectory">Absolute; created (0700) when missing.</param>
/// <param name="PluginId">Name of the folder under <c>plugins</c>.</param>
/// <param name="ManifestFile">The project's plugin.yaml.</param>
internal sealed record InstallRequest(string StateDirectory, string PluginId, string ManifestFile)
{
    /// <summary>The built backend; null leaves an installed one as it is.</summary>
    public string? BinaryFile { get; init; }

    /// <summary>The built UI (<c>ui/dist/assets</c>); null leaves installed assets as they are.</summary>
    public string? AssetsDirectory { get; init; }

    /// <summary>
    /// Waits until the disk has the files, so that not even a power failure leaves a half one. Without it they are as
    /// whole for every reader, but an install takes a fraction of the time: for those that the next start does again.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether the binary is for Windows: <c>bin/plugin.exe</c>.</summary>
    public bool WindowsBinary { get; init; }
}
