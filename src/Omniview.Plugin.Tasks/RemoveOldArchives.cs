using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Packaging;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Removes what the last pack of the same platforms wrote: one that fails must leave none that looks like its own.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RemoveOldArchives : PackTask
{
    protected override Task RunAsync(CancellationToken cancellation)
    {
        PluginPacker.RemoveOld(
            FullPath(OutputDirectory)!,
            NameTemplate,
            PluginId,
            PluginVersion,
            Platforms.Select(platform => platform.ItemSpec));
        return Task.CompletedTask;
    }
}
