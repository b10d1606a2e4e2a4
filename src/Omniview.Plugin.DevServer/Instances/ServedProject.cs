using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>The project that a plugin is served from.</summary>
internal static class ServedProject
{
    /// <exception cref="DiagnosticException">There is no such folder, or the manifest has errors.</exception>
    public static PluginManifest ReadManifest(DevSettings settings)
    {
        if (!Path.IsPathFullyQualified(settings.ProjectDirectory) || !Directory.Exists(settings.ProjectDirectory))
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.ManifestNotFound,
                $"There is no folder {settings.ProjectDirectory}. Give the absolute path of the folder with " +
                "plugin.yaml."));
        }

        var result = ManifestReader.Read(settings.ProjectDirectory);
        return result.Manifest
            ?? throw new DiagnosticException(result.Diagnostics.First(
                problem => problem.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>One id is served from one project only.</summary>
    /// <param name="running">What the plugin of this id runs with.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="manifest">Of the project that is asked for.</param>
    /// <exception cref="DiagnosticException">OVP3010.</exception>
    public static void RequireSame(DevSettings running, DevSettings settings, PluginManifest manifest)
    {
        var (served, asked) = (running.ProjectDirectory, settings.ProjectDirectory);
        if (!PathNames.AreSame(Path.TrimEndingDirectorySeparator(served), Path.TrimEndingDirectorySeparator(asked)))
        {
            throw new DiagnosticException(
                Diagnostic
                    .Error(
                        DiagnosticCodes.PluginIdInUse,
                        $"A plugin with the id '{manifest.Id}' is already served from {served}. Stop that one or " +
                        "change the id."
                    )
                    .At(manifest.File));
        }
    }
}
