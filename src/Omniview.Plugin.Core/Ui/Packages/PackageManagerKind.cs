namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The package managers a UI can be installed with.</summary>
internal enum PackageManagerKind
{
    Pnpm,
    Npm,
    Yarn,
    Bun,
}
