using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>How a UI build ended.</summary>
/// <param name="Success">Whether <paramref name="AssetsDirectory"/> holds what the sources say. If not, there is at
/// least one error.</param>
/// <param name="InstallRan">Whether packages were installed.</param>
/// <param name="BuildRan">Whether Vite was started.</param>
/// <param name="AssetsDirectory">Absolute path of the folder that becomes the plugin's assets. After a failure it holds
/// the last good output, if there is one.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
internal sealed record UiBuildResult(
    bool Success, bool InstallRan, bool BuildRan, string AssetsDirectory, IReadOnlyList<Diagnostic> Diagnostics);
