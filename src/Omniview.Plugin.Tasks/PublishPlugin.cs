using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Packaging;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Copies a built plugin into a folder as Omniview has it installed: a folder for each platform.</summary>
[MSBuildMultiThreadableTask]
public sealed class PublishPlugin : OmniviewTask
{
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>
    /// The platforms as runtime identifiers, each with the metadata <c>Binary</c> (empty without a backend) and
    /// <c>Folder</c>.
    /// </summary>
    [Required]
    public ITaskItem[] Platforms { get; set; } = [];

    /// <summary>Empty for a plugin without a UI.</summary>
    public string Assets { get; set; } = "";

    protected override string Tool => "publish";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        foreach (var platform in Platforms)
        {
            var layout = new PluginLayout(
                GoTarget.FromRuntimeIdentifier(platform.ItemSpec),
                FullPath(Manifest)!,
                FullPath(platform.GetMetadata("Binary")),
                FullPath(Assets));
            var folder = FullPath(platform.GetMetadata("Folder"))!;
            LayoutFolder.Write(layout, folder, cancellation);
            Log.LogMessage(MessageImportance.High, "{0} -> {1}", Path.GetFileNameWithoutExtension(ProjectFile), folder);
        }

        return Task.CompletedTask;
    }
}
