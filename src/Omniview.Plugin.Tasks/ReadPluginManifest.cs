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
    /// Only says what there is to restore, with no sources needed: an image of a container restores before it copies
    /// them. What is wrong with a manifest is the build's to report; where there is none the other files decide.
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
        if (Quiet)
        {
            var manifest = ManifestReader.ReadBuilt(ProjectDirectory).Manifest;
            var isNone = !File.Exists(Path.Combine(ProjectDirectory, ManifestReader.FileName));
            HasBackend = manifest?.HasBackend ?? (isNone && File.Exists(Path.Combine(ProjectDirectory, "go.mod")));
            HasUi = (manifest?.HasUi ?? isNone)
                && File.Exists(Path.Combine(ProjectDirectory, "ui", "package.json"));
            return Task.CompletedTask;
        }

        var result = ManifestReader.Read(ProjectDirectory);
        Report(result.Diagnostics);
        if (result.Manifest is { } read)
        {
            RequireSame("OmniviewPluginId", EvaluatedId, "id", read.Id, read.File);
            RequireSame("OmniviewPluginVersion", EvaluatedVersion, "version", read.Version, read.File);
            (PluginId, PluginVersion, PluginName) = (read.Id, read.Version, read.Name);
            (HasBackend, HasUi) = (read.HasBackend, read.HasUi);
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
