using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui.Packages;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Installs the UI's packages; starts nothing when what is installed is what package.json and the lock file say.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class UiInstall : UiTask
{
    protected override string Tool => "ui install";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var ran = await new UiInstaller(LogOutput, LogNote).EnsureInstalledAsync(Settings(), cancellation);
        Log.LogMessage(MessageImportance.Low, "install: {0}", ran ? "ran" : "up to date");
    }
}
