namespace Omniview.Plugin.Core.Install;

/// <summary>Which parts of an installed plugin now differ from before.</summary>
internal sealed record InstallResult(bool ManifestChanged, bool AssetsChanged, bool BinaryChanged)
{
    public bool AnyChange => ManifestChanged || AssetsChanged || BinaryChanged;
}
