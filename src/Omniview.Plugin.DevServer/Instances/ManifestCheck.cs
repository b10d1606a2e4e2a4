using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>Reads plugin.yaml of a plugin that runs: besides being right it must still be of this plugin.</summary>
internal static class ManifestCheck
{
    /// <summary>Puts the problems on the board; null when there are errors.</summary>
    public static PluginManifest? Read(PluginContext context)
    {
        var result = ManifestReader.Read(context.Settings.ProjectDirectory);
        var problems = result.Diagnostics.ToList();
        if (result.Manifest is { } manifest && manifest.Id != context.Manifest.Id)
        {
            problems.Add(Diagnostic.Error(
                DiagnosticCodes.PluginIdInUse,
                $"The plugin's id was changed from '{context.Manifest.Id}' to '{manifest.Id}' while it runs. Stop the dev server and start it again.").At(manifest.File));
        }

        context.Board.SetProblems(ProblemSource.Manifest, problems);
        return problems.Exists(problem => problem.Severity == DiagnosticSeverity.Error) ? null : result.Manifest;
    }
}
