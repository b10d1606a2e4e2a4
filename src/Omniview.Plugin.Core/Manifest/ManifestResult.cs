using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>What reading a plugin.yaml came to.</summary>
/// <param name="Manifest">Null when at least one of the diagnostics is an error.</param>
/// <param name="Diagnostics">Everything found in one read, in the order of its place in the file.</param>
internal sealed record ManifestResult(PluginManifest? Manifest, IReadOnlyList<Diagnostic> Diagnostics);
