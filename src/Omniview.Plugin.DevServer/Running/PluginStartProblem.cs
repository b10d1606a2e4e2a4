using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>Why a plugin that was started is not there.</summary>
internal static class PluginStartProblem
{
    // plugin-sdk, pkg/sdk/plugin.go: it looks in the folder of the id in the source
    private const string ManifestMissing = "panic: plugin.yaml not found";

    /// <summary>
    /// What plugins say to whoever starts them with another magic cookie than theirs: go-plugin (server.go), and the
    /// sample.
    /// </summary>
    private static readonly string[] Refusals = [
        "This binary is a plugin.", "is an Omniview plugin and does nothing when run by itself"];

    /// <param name="start">What was started.</param>
    /// <param name="what">What became of it: "ended with …".</param>
    /// <param name="isShaken">Whether it got as far as its handshake.</param>
    /// <param name="lines">What it printed last.</param>
    public static Diagnostic Of(StartPlugin start, string what, bool isShaken, IReadOnlyList<string> lines)
    {
        var said = lines.Count == 0 ? "It printed nothing." : $"It printed:\n{string.Join('\n', lines)}";
        var code = isShaken ? DiagnosticCodes.PluginNotHealthy : DiagnosticCodes.PluginDidNotStart;
        return (isShaken ? null : OtherId(start, lines)) ?? Diagnostic.Error(code, $"The plugin {what}. {said}");
    }

    private static Diagnostic? OtherId(StartPlugin start, IReadOnlyList<string> lines)
    {
        var isRefused = lines.Any(line => Refusals.Any(refusal => line.Contains(refusal, StringComparison.Ordinal)));
        if (!isRefused && !lines.Any(line => line.Contains(ManifestMissing, StringComparison.Ordinal)))
        {
            return null;
        }

        var (project, manifest) = (start.Settings.ProjectDirectory, start.Manifest);
        var folder = Path.GetFullPath(Path.Combine(project, start.Settings.Go.Package));
        var (line, column) = manifest.IdPlace;
        if (PluginIdLiteral.OtherThan(manifest.Id, Directory.Exists(folder) ? folder : project) is { } other)
        {
            return Diagnostic.Error(
                    DiagnosticCodes.PluginIdDiffers,
                    $"The plugin's Go source says its id is '{other.Id}', and plugin.yaml({line}) says "
                        + $"'{manifest.Id}': it was started with OMNIVIEW={manifest.Id} in its environment " +
                            "(go-plugin's "
                        + "magic cookie) and refused that. Write the same id in both places.")
                .At(other.File, other.Line, other.Column) with
            {
                Related = [new(manifest.File, line, column, $"the id '{manifest.Id}'")],
            };
        }

        return !isRefused ? null : Diagnostic.Error(
                DiagnosticCodes.PluginIdDiffers,
                $"The plugin refused to run with OMNIVIEW={manifest.Id} in its environment (go-plugin's magic " +
                "cookie), which is the id in plugin.yaml. The Go source has another one, in MagicCookieValue or in " +
                "plugin-sdk's PluginOpts: write the same id in both places.")
            .At(manifest.File, line, column);
    }
}
