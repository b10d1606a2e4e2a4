namespace Omniview.Plugin.Core.Ui;

/// <summary>The package managers a UI can be installed with.</summary>
public enum PackageManagerKind
{
    Pnpm,
    Npm,
    Yarn,
    Bun,
}
