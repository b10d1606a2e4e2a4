using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>
/// Which folder holds which package, from the module files alone: the module go runs in, what its go.work uses, and
/// what either replaces by a folder. `go list` would say it too, but takes longer than a build and fails when the
/// module files are wrong.
/// </summary>
internal sealed class GoModuleMap
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    public GoModuleMap(string directory, GoWorkspace workspace)
    {
        ModFile = GoModule.Find(directory, "go.mod")?.File;
        WorkFile = workspace.File;
        foreach (var module in WorkFile is null ? [] : Directives(WorkFile, "use").Where(words => words.Length == 1))
        {
            Add(WorkFile!, module[0]);
        }

        if (ModFile is not null)
        {
            Add(ModFile, ".");
        }

        foreach (var file in new[] { WorkFile, ModFile }.OfType<string>())
        {
            foreach (var words in Directives(file, "replace"))
            {
                if (Array.IndexOf(words, "=>") is > 0 and var arrow && words.Length == arrow + 2 && IsFolder(words[^1]))
                {
                    _folders.TryAdd(words[0], Under(Path.GetDirectoryName(file)!, words[^1]));
                }
            }
        }
    }

    /// <summary>Absolute path of the go.mod of the folder go runs in; null without one.</summary>
    public string? ModFile { get; }

    /// <summary>Absolute path of the go.work in force there; null without one.</summary>
    public string? WorkFile { get; }

    /// <summary>
    /// Absolute path of a package's folder, whether it is there or not; null when its module is not one of ours.
    /// </summary>
    public string? Folder(string importPath)
    {
        for (var module = importPath; module.Length > 0; module = Parent(module))
        {
            if (_folders.TryGetValue(module, out var folder))
            {
                return Under(folder, importPath[module.Length..].TrimStart('/'));
            }
        }

        return null;
    }

    /// <summary>Whether a file belongs to the plugin, or to a module beside it that its author works on.</summary>
    public bool IsOurs(string file) => _folders.Values.Any(folder => PathNames.IsBelow(file, folder))
        && !file.Contains("/vendor/", StringComparison.Ordinal)
            && !file.Contains("/pkg/mod/", StringComparison.Ordinal);

    /// <summary>1-based number of the first line that has the word, e.g. a module path; 0 without one.</summary>
    public static int LineOf(string file, string word) =>
        GoModule.Lines(file).Select(GoModule.Words).ToList().FindIndex(
            words => words.Contains(word, StringComparer.Ordinal)) + 1;

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private static bool IsFolder(string path) => path.StartsWith('.') || Path.IsPathRooted(path);

    private static string Under(string folder, string relative) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(relative, folder));

    private static IEnumerable<string[]> Directives(string file, string name)
    {
        var block = "";
        foreach (var words in GoModule.Lines(file).Select(GoModule.Words).Where(words => words.Length > 0))
        {
            if (words is [")", ..])
            {
                block = "";
            }
            else if (words is [var opened, "(", ..])
            {
                block = opened;
            }
            else if (block == name || (block.Length == 0 && words[0] == name))
            {
                yield return block.Length > 0 ? words : words[1..];
            }
        }
    }

    private void Add(string file, string folder)
    {
        try
        {
            var full = Under(Path.GetDirectoryName(file)!, folder);
            if (Directives(Path.Combine(full, "go.mod"), "module").FirstOrDefault() is [var module, ..])
            {
                _folders.TryAdd(module, full);
            }
        }
        catch (ArgumentException)
        {
            // a path no system takes: go says so, with its place
        }
    }
}
