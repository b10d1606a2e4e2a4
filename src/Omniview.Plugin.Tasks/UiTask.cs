using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui.Building;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Tasks;

/// <summary>What the tasks that run the UI's tools share.</summary>
public abstract class UiTask : OmniviewTask
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

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    /// <summary>What a build waits for, which everybody wants to know.</summary>
    protected void LogNote(string text) => Log.LogMessage(MessageImportance.High, "{0}", text);

    /// <summary>The above, as the engine wants it.</summary>
    private protected UiBuildRequest Settings() => new()
    {
        Ui = new UiProject(FullPath(UiDirectory)!, ProjectDirectory),
        StampDirectory = FullPath(StampDirectory)!,
        NodePath = FullPath(NodePath),
        PackageManagerPath = FullPath(PackageManagerPath),
        Frozen = Frozen,
        Environment = NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
    };
}
