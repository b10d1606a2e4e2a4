using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Ui.Building;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Removes what <see cref="UiBuild"/> wrote, and the output folders that are empty then; nothing else.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CleanOutput : OmniviewTask
{
    [Required]
    public string UiDirectory { get; set; } = "";

    [Required]
    public string StampDirectory { get; set; } = "";

    /// <summary>
    /// The binary, which MSBuild itself has removed: its folder and the one above go when they are empty.
    /// </summary>
    [Required]
    public string Binary { get; set; } = "";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        UiCleaner.Clean(FullPath(StampDirectory)!, Path.Combine(FullPath(UiDirectory)!, "dist"));
        var folder = Path.GetDirectoryName(FullPath(Binary)!)!;
        EmptyFolders.DeleteOne(folder);
        EmptyFolders.DeleteOne(Path.GetDirectoryName(folder)!);
        return Task.CompletedTask;
    }
}
