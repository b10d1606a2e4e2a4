using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Reads plugin.yaml, reports what is wrong with it, and says what it says.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadPluginManifest : OmniviewTask
{
    /// <summary>The id the project has at evaluation; a different one in the manifest is an error.</summary>
    public string EvaluatedId { get; set; } = "";

    /// <summary>The version the project has at evaluation; a different one in the manifest is an error.</summary>
    public string EvaluatedVersion { get; set; } = "";

    /// <summary>
    /// Only says what it says: a restore needs to know what there is, and the build reports what is wrong.
    /// </summary>
    public bool Quiet { get; set; }

    [Output]
    public string PluginId { get; set; } = "";

    [Output]
    public string PluginVersion { get; set; } = "";

    [Output]
    public string PluginName { get; set; } = "";

    [Output]
    public bool HasBackend { get; set; }

    [Output]
    public bool HasUi { get; set; }

    protected override string? Tool => Quiet ? null : "plugin.yaml";

    protected override bool BeginsErrorLog => true;

    protected override Task RunAsync(CancellationToken cancellation)
    {
        var result = ManifestReader.Read(ProjectDirectory);
        if (!Quiet)
        {
            Report(result.Diagnostics);
        }

        if (result.Manifest is { } manifest)
        {
            if (!Quiet)
            {
                RequireSame("OmniviewPluginId", EvaluatedId, "id", manifest.Id, manifest.File);
                RequireSame("OmniviewPluginVersion", EvaluatedVersion, "version", manifest.Version, manifest.File);
            }

            (PluginId, PluginVersion, PluginName) = (manifest.Id, manifest.Version, manifest.Name);
            (HasBackend, HasUi) = (manifest.HasBackend, manifest.HasUi);
        }

        return Task.CompletedTask;
    }

    private void RequireSame(string property, string evaluated, string key, string manifest, string file)
    {
        if (evaluated.Length > 0 && evaluated != manifest)
        {
            Report(Diagnostic.Error(
                DiagnosticCodes.PropertyDiffersFromManifest,
                $"The property {property} is '{evaluated}' but the manifest's {key} is '{manifest}'. The manifest " +
                "is what Omniview reads: remove the property or change the manifest.").At(file));
        }
    }
}
