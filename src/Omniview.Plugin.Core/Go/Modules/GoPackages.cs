namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>All packages of a plugin, and none of what its UI has installed.</summary>
internal static class GoPackages
{
    public const string All = "./...";

    /// <summary>
    /// The patterns for go. <c>./...</c> means the Go code of the plugin: Go would look for packages in node_modules
    /// too, which takes it long, and finds some (flatted, which eslint brings, has one). So beside a JavaScript
    /// project, which has a package.json, each other folder with Go files is named by itself.
    /// </summary>
    public static IEnumerable<string> Expand(string projectDirectory, IReadOnlyList<string> patterns) =>
        patterns.SelectMany(pattern => pattern == All ? Everything(projectDirectory) : [pattern])
            .Distinct(StringComparer.Ordinal);

    private static List<string> Everything(string project)
    {
        try
        {
            var folders = Directory.GetDirectories(project);
            if (!folders.Any(IsForeign))
            {
                return [All];
            }

            List<string> patterns =
            [
                .. HasGoFiles(project) ? new[] { "." } : [],
                .. folders.Where(HoldsGo).Select(folder => $"./{Path.GetFileName(folder)}/...")
                    .Order(StringComparer.Ordinal),
            ];
            return patterns.Count > 0 ? patterns : [All];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [All]; // go says better what can't be read
        }
    }

    private static bool HoldsGo(string folder) =>
        !IsSkipped(folder) && !IsForeign(folder)
        && (HasGoFiles(folder) || Directory.EnumerateDirectories(folder).Any(HoldsGo));

    private static bool HasGoFiles(string folder) => Directory.EnumerateFiles(folder, "*.go").Any();

    private static bool IsForeign(string folder) =>
        Path.GetFileName(folder) == "node_modules" || File.Exists(Path.Combine(folder, "package.json"));

    /// <summary>
    /// What <c>...</c> never matches (see <c>go help packages</c>); Go follows no links, and asks other modules only by
    /// name.
    /// </summary>
    private static bool IsSkipped(string folder) =>
        Path.GetFileName(folder) is var name && (name[0] is '.' or '_' || name is "testdata" or "vendor")
        || File.Exists(Path.Combine(folder, "go.mod"))
        || (File.GetAttributes(folder) & FileAttributes.ReparsePoint) != 0;
}
