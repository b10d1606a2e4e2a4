using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Archives;

/// <summary>A plugin that was installed from an archive.</summary>
/// <param name="Manifest">The archive's; its file is gone.</param>
/// <param name="Directory">Where the plugin is installed.</param>
/// <param name="Result">What changed there.</param>
/// <param name="LeftOut">Names of files that are no part of a plugin; at most a hundred.</param>
internal sealed record InstalledArchive(
    PluginManifest Manifest, string Directory, InstallResult Result, IReadOnlyList<string> LeftOut);
