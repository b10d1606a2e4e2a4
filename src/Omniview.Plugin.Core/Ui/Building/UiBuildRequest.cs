using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>What building a UI needs to know.</summary>
internal sealed record UiBuildRequest : UiInstallRequest
{
    /// <summary>Vite's mode, which selects the .env files; null leaves it to Vite (production).</summary>
    public string? Mode { get; init; }

    /// <summary>
    /// What type errors are, if the UI has a tsconfig.json and TypeScript is installed. Null: what they are to the UI's
    /// own script <c>build</c>.
    /// </summary>
    public TypeCheckLevel? TypeCheck { get; init; }

    /// <summary>
    /// Where the output goes, whatever vite.config says. Owned by the build: every build replaces it.
    /// </summary>
    internal string OutputDirectory => Path.Combine(Path.GetFullPath(Ui.Directory), "dist");
}
