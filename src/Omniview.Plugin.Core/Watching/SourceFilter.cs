using Omniview.Plugin.Core.Go.Building;

namespace Omniview.Plugin.Core.Watching;

/// <summary>
/// Which paths can change what the Go build makes. As long as go has not said what the program is made of, by their
/// names: what go compiles, or finds its modules by, and what a Go file says it embeds.
/// </summary>
/// <param name="projectDirectory">Absolute path.</param>
/// <param name="named">Absolute paths of files that count in any case.</param>
internal sealed class SourceFilter(string projectDirectory, params IEnumerable<string> named)
{
    private static readonly HashSet<string> ForeignFolders = new(StringComparer.Ordinal)
    {
        "ui",
        "build",
        "bin",
        "obj",
        "artifacts",
        "node_modules",
        "testdata",
    };

    private static readonly HashSet<string> RootFiles = new(StringComparer.Ordinal)
    {
        "go.mod",
        "go.sum",
        "go.work",
        "go.work.sum",
        ManifestName,
    };

    private const string ManifestName = "plugin.yaml";

    private readonly HashSet<string> _named = new(named, StringComparer.Ordinal);
    private volatile GoSourceSet? _set;
    private volatile GoSourceSet? _last;
    private volatile HashSet<string> _embedded = [];

    /// <summary>
    /// What the program is made of; null: not known, or not sure, so that what it was made of counts too.
    /// </summary>
    public GoSourceSet? Set
    {
        get => _set;
        set => (_set, _last) = (value, value ?? _last);
    }

    /// <summary>
    /// Files, and folders with all in them, that Go files embed: they count as long as nothing is sure.
    /// </summary>
    public void Embed(IEnumerable<string> paths) => _embedded = new HashSet<string>(paths, StringComparer.Ordinal);

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

        return Set?.Contains(path)
            ?? (_last?.Contains(path) == true || IsEmbedded(path) || (IsOfSource(parts) && IsSource(parts[^1])));
    }

    /// <summary>Whether what had this path, now that it is gone, may have been a folder with sources in it.</summary>
    public bool MayHoldSources(string path)
    {
        var name = Path.GetFileName(path);
        // "v1.2" is a folder's name, "README.md" a file's
        if (IsEditorLitter(name) || Path.GetExtension(name).Any(char.IsAsciiLetter))
        {
            return Set?.Contains(path) == true;
        }

        var parts = Path.GetRelativePath(projectDirectory, path).Split(Path.DirectorySeparatorChar);
        return Set?.Contains(path)
            ?? (_last?.Contains(path) == true || (IsOfSource(parts) && IsSourceFolder(parts[0])));
    }

    private static bool IsSource(string name) =>
        GoSourceSet.IsCode(name) || RootFiles.Contains(name) || name is "modules.txt";

    private static bool IsOfSource(string[] parts) =>
        parts.All(part => !IsHidden(part) && part is not ("node_modules" or "testdata"))
            && (parts.Length == 1 || IsSourceFolder(parts[0]));

    private bool IsEmbedded(string path)
    {
        for (var part = path; part is not null && _embedded.Count > 0; part = Path.GetDirectoryName(part))
        {
            if (_embedded.Contains(part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHidden(string name) => name.StartsWith('.') || name.StartsWith('_');

    private static bool IsEditorLitter(string name) =>
        // vim's probe for a writable folder
        name.EndsWith('~') || name.StartsWith('#') || name.StartsWith(".#", StringComparison.Ordinal) || name == "4913"
        // JetBrains' safe write
        || name.EndsWith("___jb_tmp___", StringComparison.Ordinal)
            || name.EndsWith("___jb_old___", StringComparison.Ordinal)
        || Path.GetExtension(name) is ".swp" or ".swo" or ".swx" or ".tmp" or ".bak" or ".orig";
}
