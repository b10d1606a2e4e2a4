using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Removes what <see cref="UiBuild"/> wrote, and nothing else.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanUi : OmniviewTask
{
    [Required]
    public string UiDirectory { get; set; } = "";

    [Required]
    public string StampDirectory { get; set; } = "";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        UiCleaner.Clean(FullPath(StampDirectory)!, Path.Combine(FullPath(UiDirectory)!, "dist"));
        return Task.CompletedTask;
    }
}
