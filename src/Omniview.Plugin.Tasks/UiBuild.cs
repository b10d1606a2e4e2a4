using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Installs the UI's packages, then runs <c>vite build</c> and checks the types, each only when something it depends on has changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class UiBuild : OmniviewTask
{
    [Required]
    public string UiDirectory { get; set; } = "";

    /// <summary>Where it is noted what was installed and built last.</summary>
    [Required]
    public string StampDirectory { get; set; } = "";

    public string NodePath { get; set; } = "";

    public string PackageManagerPath { get; set; } = "";

    /// <summary>Install exactly what the lock file says, or fail.</summary>
    public bool Frozen { get; set; }

    public string Mode { get; set; } = "";

    /// <summary>Whether TypeScript checks the types beside Vite.</summary>
    public bool TypeCheck { get; set; } = true;

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    [Output]
    public string AssetsDirectory { get; set; } = "";

    protected override string Tool => "vite";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = new UiBuildRequest
        {
            Ui = new UiProject(FullPath(UiDirectory)!, ProjectDirectory),
            StampDirectory = FullPath(StampDirectory)!,
            NodePath = FullPath(NodePath),
            PackageManagerPath = FullPath(PackageManagerPath),
            Frozen = Frozen,
            Mode = NullIfEmpty(Mode),
            TypeCheck = TypeCheck,
            Environment = NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
        };
        var result = await new UiBuilder(LogOutput).BuildAsync(request, cancellation).ConfigureAwait(false);
        AssetsDirectory = result.AssetsDirectory;
        Report(result.Diagnostics);
        Log.LogMessage(MessageImportance.Low, "install: {0}, vite build: {1}", result.InstallRan ? "ran" : "up to date", result.BuildRan ? "ran" : "up to date");
    }
}
