using Omniview.Plugin.Core.Go;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Which paths can change what the Go build makes. By their names alone, as long as go has not said what the program is made of:
/// any file of a source folder may be, and a folder may become, a part of it.
/// </summary>
/// <param name="projectDirectory">Absolute path.</param>
/// <param name="named">Absolute paths of files that count in any case.</param>
public sealed class SourceFilter(string projectDirectory, params IEnumerable<string> named)
{
    private static readonly HashSet<string> ForeignFolders = new(StringComparer.Ordinal) { "ui", "build", "bin", "obj", "artifacts", "node_modules", "testdata" };

    private static readonly HashSet<string> RootFiles = new(StringComparer.Ordinal) { "go.mod", "go.sum", "go.work", "go.work.sum", ManifestName };

    private const string ManifestName = "plugin.yaml";

    private readonly HashSet<string> _named = new(named, StringComparer.Ordinal);
    private volatile GoSourceSet? _set;

    /// <summary>What the program is made of; null: not known, or not sure.</summary>
    public GoSourceSet? Set
    {
        get => _set;
        set => _set = value;
    }

    /// <summary>Top-level folders worth watching with all below them.</summary>
    public static bool IsSourceFolder(string name) => !ForeignFolders.Contains(name) && !IsHidden(name);

    /// <summary>Whether a change of this path calls for a look at the backend.</summary>
    public bool Matters(string path)
    {
        var parts = Path.GetRelativePath(projectDirectory, path).Split(Path.DirectorySeparatorChar);
        if ((parts.Length == 1 && RootFiles.Contains(parts[0])) || _named.Contains(path))
        {
            return true;
        }

        if (IsEditorLitter(Path.GetFileName(path)))
        {
            return false;
        }

        // Any file below a source folder may be embedded (go:embed), so only what can't be is left out:
        // folders and files that start with a dot or underscore (go help packages), tests, and what editors leave beside a file.
        return Set?.Contains(path)
            ?? (parts.All(part => !IsHidden(part) && part is not ("node_modules" or "testdata"))
                && !parts[^1].EndsWith("_test.go", StringComparison.Ordinal)
                && (parts.Length > 1 ? IsSourceFolder(parts[0]) : parts[0].EndsWith(".go", StringComparison.Ordinal)));
    }

    private static bool IsHidden(string name) => name.StartsWith('.') || name.StartsWith('_');

    private static bool IsEditorLitter(string name) =>
        name.EndsWith('~') || name.StartsWith('#') || name.StartsWith(".#", StringComparison.Ordinal) || name == "4913" // vim's probe for a writable folder
        || name.EndsWith("___jb_tmp___", StringComparison.Ordinal) || name.EndsWith("___jb_old___", StringComparison.Ordinal) // JetBrains' safe write
        || Path.GetExtension(name) is ".swp" or ".swo" or ".swx" or ".tmp" or ".bak" or ".orig";
}
