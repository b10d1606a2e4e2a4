using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Builds the Go backend with <c>go build</c>; its problems become errors of the build.</summary>
[MSBuildMultiThreadableTask]
public sealed class GoBuild : GoTask
{
    [Required]
    public string Output { get; set; } = "";

    /// <summary>Whether this is one of the platforms of a pack; the error log then has a run for each.</summary>
    public bool OneOfSeveral { get; set; }

    protected override string Tool => OneOfSeveral ? $"go build {RuntimeIdentifier}" : "go build";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = new GoBuildRequest(await SettingsAsync(cancellation), FullPath(Output)!);
        LogCommand(request, GoBuildArguments.For(request));
        var result = await GoBuilder.BuildAsync(request, LogOutput, cancellation);
        Report(result.Diagnostics);
    }
}
