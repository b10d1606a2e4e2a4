using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>
/// Which go.work is in force: what the property GoWork says, else the variable GOWORK, else the nearest one above
/// (Go Modules Reference, "Workspaces").
/// </summary>
/// <param name="File">Absolute path of it; null without one.</param>
/// <param name="IsLookedFor">Nobody names one or turns it off: one that comes above is in force from then on.</param>
internal sealed record GoWorkspace(string? File, bool IsLookedFor)
{
    public const string FileName = "go.work";

    /// <param name="projectDirectory">Absolute path of the folder go runs in.</param>
    /// <param name="property">
    /// <c>off</c>, or a path, relative to that folder; null, empty or <c>auto</c> leaves it to the variable.
    /// </param>
    /// <param name="environment">Overrides that of this process.</param>
    public static GoWorkspace Of(
        string projectDirectory, string? property, IReadOnlyDictionary<string, string?> environment) =>
        (Named(property) ?? Named(GoSettings.Get(environment, "GOWORK"))) switch
        {
            null => Nearest(projectDirectory),
            "off" => new GoWorkspace(null, IsLookedFor: false),
            var named => new GoWorkspace(Path.GetFullPath(named, projectDirectory), IsLookedFor: false),
        };

    /// <summary>Of a folder about whose settings nothing is known.</summary>
    public static GoWorkspace Nearest(string directory) =>
        new(GoModule.Find(directory, FileName)?.File, IsLookedFor: true);

    private static string? Named(string? value) =>
        value?.Trim() is { Length: > 0 } named && named != "auto" ? named : null;
}
