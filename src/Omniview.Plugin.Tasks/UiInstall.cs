using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Installs the UI's packages; starts nothing when what is installed is what package.json and the lock file say.</summary>
[MSBuildMultiThreadableTask]
public sealed class UiInstall : OmniviewTask
{
    [Required]
    public string UiDirectory { get; set; } = "";

    /// <summary>Where it is noted what was installed last; the build looks there too.</summary>
    [Required]
    public string StampDirectory { get; set; } = "";

    public string NodePath { get; set; } = "";

    public string PackageManagerPath { get; set; } = "";

    /// <summary>Install exactly what the lock file says, or fail.</summary>
    public bool Frozen { get; set; }

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    protected override string Tool => "ui install";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = new UiInstallRequest
        {
            Ui = new UiProject(FullPath(UiDirectory)!, ProjectDirectory),
            StampDirectory = FullPath(StampDirectory)!,
            NodePath = FullPath(NodePath),
            PackageManagerPath = FullPath(PackageManagerPath),
            Frozen = Frozen,
            Environment = NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
        };
        var ran = await new UiInstaller(LogOutput).EnsureInstalledAsync(request, cancellation).ConfigureAwait(false);
        Log.LogMessage(MessageImportance.Low, "install: {0}", ran ? "ran" : "up to date");
    }
}
