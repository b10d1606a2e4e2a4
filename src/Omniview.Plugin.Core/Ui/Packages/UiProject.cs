using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The UI of a plugin.</summary>
/// <param name="Directory">Absolute path of the folder that holds the UI's package.json.</param>
/// <param name="ProjectDirectory">Absolute path of the plugin's own folder.</param>
internal sealed record UiProject(string Directory, string ProjectDirectory)
{
    public string PackageJson => Path.Combine(Directory, "package.json");

    /// <summary>
    /// Where packages, lock files and their settings can be: the UI folder, then its parents up to the plugin's folder,
    /// or up to the root of the workspace the plugin is a member of when that lies further up.
    /// </summary>
    public IReadOnlyList<string> Folders()
    {
        List<string> folders = [];
        var last = 0;
        var isWorkspaceKnown = false;
        for (var folder = Full(Directory); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            folders.Add(folder);
            var isWorkspaceRoot = !isWorkspaceKnown && IsWorkspaceRoot(folder);
            isWorkspaceKnown |= isWorkspaceRoot;
            if (isWorkspaceRoot || PathNames.AreSame(folder, Full(ProjectDirectory)))
            {
                last = folders.Count - 1;
            }
        }

        return folders[..(last + 1)];
    }

    /// <summary>The nearest file of this name in <see cref="Folders"/>, or null.</summary>
    public string? Nearest(params IEnumerable<string> names) =>
        Folders().SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private static bool IsWorkspaceRoot(string folder)
    {
        try
        {
            return File.Exists(Path.Combine(folder, "pnpm-workspace.yaml"))
                || (
                    File.Exists(Path.Combine(folder, "package.json"))
                    && File.ReadAllText(Path.Combine(folder, "package.json"))
                        .Contains("\"workspaces\"", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // somebody else's folder above ours
        }
    }

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
