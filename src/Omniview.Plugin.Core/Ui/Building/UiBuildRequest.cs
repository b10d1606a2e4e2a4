using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>What building a UI needs to know.</summary>
internal sealed record UiBuildRequest : UiInstallRequest
{
    /// <summary>Vite's mode, which selects the .env files; null leaves it to Vite (production).</summary>
    public string? Mode { get; init; }

    /// <summary>Where the output goes, relative to the UI folder or absolute. Owned by the build: every build replaces it.</summary>
    public string OutDir { get; init; } = "dist";

    /// <summary>
    /// What type errors are, if the UI has a tsconfig.json and TypeScript is installed. Null: what they are to the UI's own
    /// script <c>build</c>.
    /// </summary>
    public TypeCheckLevel? TypeCheck { get; init; }

    /// <summary>
    /// Files and folders outside the UI folder that the UI is also built from, absolute. Packages linked into node_modules
    /// from elsewhere (workspaces) need not be named.
    /// </summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    internal string OutputDirectory => Path.TrimEndingDirectorySeparator(Path.GetFullPath(OutDir, Ui.Directory));
}
