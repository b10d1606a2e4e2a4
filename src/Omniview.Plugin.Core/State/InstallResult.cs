namespace Omniview.Plugin.Core.State;

/// <summary>Which parts of an installed plugin now differ from before.</summary>
public sealed record InstallResult(bool ManifestChanged, bool AssetsChanged, bool BinaryChanged)
{
    public bool AnyChange => ManifestChanged || AssetsChanged || BinaryChanged;
}
