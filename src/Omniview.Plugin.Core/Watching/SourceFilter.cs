namespace Omniview.Plugin.Core.Watching;

/// <summary>Which paths of a project can change what the Go build makes.</summary>
public sealed class SourceFilter(string projectDirectory)
{
    private static readonly HashSet<string> ForeignFolders = new(StringComparer.Ordinal) { "ui", "build", "bin", "obj", "artifacts", "node_modules", "testdata" };

    private static readonly HashSet<string> RootFiles = new(StringComparer.Ordinal) { "go.mod", "go.sum", "go.work", "go.work.sum", ManifestName };

    private const string ManifestName = "plugin.yaml";

    /// <summary>Top-level folders worth watching with all below them.</summary>
    public static bool IsSourceFolder(string name) => !ForeignFolders.Contains(name) && !IsHidden(name);

    /// <summary>Whether a change of this path calls for a look at the backend.</summary>
    public bool Matters(string path)
    {
        var parts = Path.GetRelativePath(projectDirectory, path).Split(Path.DirectorySeparatorChar);
        if (parts.Length == 1 && RootFiles.Contains(parts[0]))
        {
            return true;
        }

        // Any file below a source folder may be embedded (go:embed), so only what can't be is left out:
        // folders and files that start with a dot or underscore (go help packages), tests, and what editors leave beside a file.
        return parts.All(part => !IsHidden(part) && part is not ("node_modules" or "testdata"))
            && !parts[^1].EndsWith("_test.go", StringComparison.Ordinal)
            && !IsEditorLitter(parts[^1])
            && (parts.Length > 1 ? IsSourceFolder(parts[0]) : parts[0].EndsWith(".go", StringComparison.Ordinal));
    }

    private static bool IsHidden(string name) => name.StartsWith('.') || name.StartsWith('_');

    private static bool IsEditorLitter(string name) =>
        name.EndsWith('~') || name.StartsWith('#') || name == "4913" // vim's probe for a writable folder
        || name.EndsWith("___jb_tmp___", StringComparison.Ordinal) || name.EndsWith("___jb_old___", StringComparison.Ordinal) // JetBrains' safe write
        || Path.GetExtension(name) is ".swp" or ".swo" or ".swx" or ".tmp" or ".bak" or ".orig";
}
