using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui.Building;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Installs the UI's packages, then runs <c>vite build</c> and checks the types, each only when something it depends on
/// has changed.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class UiBuild : UiTask
{
    public string Mode { get; set; } = "";

    /// <summary>
    /// What type errors are: <c>true</c> (errors), <c>warn</c>, <c>false</c> (not looked for), or empty for what they
    /// are to the UI's own script.
    /// </summary>
    public string TypeCheck { get; set; } = "";

    [Output]
    public string AssetsDirectory { get; set; } = "";

    protected override string Tool => "vite";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = Settings() with { Mode = NullIfEmpty(Mode), TypeCheck = TypeCheckProperty.Read(TypeCheck) };
        var result = await new UiBuilder(LogOutput, LogNote).BuildAsync(request, cancellation);
        AssetsDirectory = result.AssetsDirectory;
        Report(result.Diagnostics);
        Log.LogMessage(
            MessageImportance.Low,
            "install: {0}, vite build: {1}",
            result.InstallRan ? "ran" : "up to date",
            result.BuildRan ? "ran" : "up to date");
    }
}
