using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// The script of the UI's own Vite. Started with node directly: one process less, and signals arrive.
/// </summary>
internal static class ViteScript
{
    /// <summary>
    /// An option of node: stacks name the lines of vite.config.ts, and not those of what Vite makes of it before it
    /// runs it.
    /// </summary>
    internal const string SourceMaps = "--enable-source-maps";

    /// <summary>Absolute path of <c>vite.js</c> in the nearest node_modules, or null.</summary>
    public static string? Find(UiProject ui) =>
        ui.Folders().Select(folder => Path.Combine(folder, "node_modules", "vite", "bin", "vite.js"))
            .FirstOrDefault(File.Exists);

    /// <summary>What the Vite that is installed says about itself; null when none is.</summary>
    public static PackageFacts? Package(UiProject ui) =>
        Find(ui) is { } script
            ? PackageFacts.Read(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(script))!, "package.json"))
            : null;

    /// <exception cref="DiagnosticException">OVP5006: there is none.</exception>
    internal static string Require(UiProject ui)
    {
        if (Find(ui) is { } script)
        {
            return script;
        }

        var reason = ui.Nearest(".pnp.cjs") is { } plugAndPlay
            ? $"Yarn installed its packages without node_modules ({plugAndPlay}). Write `nodeLinker: node-modules` " +
                "into .yarnrc.yml."
            : "add it to devDependencies, for example with `npm install --save-dev vite@7`, and build again.";
        throw new DiagnosticException(
            Diagnostic
                .Error(
                    DiagnosticCodes.ViteNotInstalled,
                    $"The UI is built with Vite, but there is no Vite in node_modules after the install: {reason}")
                .At(ui.PackageJson));
    }
}
