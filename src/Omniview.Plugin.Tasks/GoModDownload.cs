using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Modules;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Fetches the modules the backend needs; starts nothing when they were fetched before or none is needed.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class GoModDownload : GoTask
{
    /// <summary>Where it is noted what was fetched last.</summary>
    [Required]
    public string StampDirectory { get; set; } = "";

    /// <summary>Whether go.mod and go.sum have to stay as they are.</summary>
    public bool Locked { get; set; }

    protected override string Tool => "go mod download";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var files = new GoModuleFiles(
            ProjectDirectory, FullPath(StampDirectory)!, GoOptionItems.Read(Options).Work, ReadEnvironment());
        if (files.AreFetched())
        {
            Log.LogMessage(MessageImportance.Low, "go modules: up to date");
            return;
        }

        var request = await SettingsAsync(cancellation);
        Log.LogMessage(MessageImportance.Normal, "{0} mod download", request.Toolchain.Executable);
        Report(await GoModuleFetcher.FetchAsync(request, files, Locked, LogOutput, cancellation));
    }
}
