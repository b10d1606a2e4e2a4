using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Packaging;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Packs a built plugin for Omniview's registry: an archive and its checksum for each platform, and a list of them.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PackPlugin : PackTask
{
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>Empty for a plugin without a UI.</summary>
    public string Assets { get; set; } = "";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        var archives = PluginPacker.Pack(
            new PackRequest
            {
                PluginId = PluginId,
                Version = PluginVersion,
                OutputDirectory = FullPath(OutputDirectory)!,
                NameTemplate = NameTemplate,
                Manifest = FullPath(Manifest)!,
                Assets = FullPath(Assets),
                Binaries = Platforms.ToDictionary(
                    platform => platform.ItemSpec, platform => FullPath(platform.GetMetadata("Binary"))),
            },
            cancellation);
        foreach (var archive in archives)
        {
            Log.LogMessage(
                MessageImportance.High, "{0} -> {1}", Path.GetFileNameWithoutExtension(ProjectFile), archive);
        }

        return Task.CompletedTask;
    }
}
