using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>
/// What a program is made of, as the go command says: all paths are absolute, and nothing of the standard library or
/// the module cache is among them, because it does not change.
/// </summary>
/// <param name="Folders">The folders of its packages. Those reached through a link are there under both names.</param>
/// <param name="Embedded">The files its packages embed.</param>
/// <param name="EmbedFolders">Folders below which a new file may be embedded too.</param>
/// <param name="ModuleFiles">go.mod and go.sum of the modules the packages are in, and the go.work that joins
/// them.</param>
internal sealed record GoSourceSet(
    IReadOnlySet<string> Folders,
    IReadOnlySet<string> Embedded,
    IReadOnlyList<string> EmbedFolders,
    IReadOnlySet<string> ModuleFiles)
{
    /// <summary>
    /// Paths where a file would make another program of it: a go.work above, a go.mod between a package and its module,
    /// a vendor folder.
    /// </summary>
    public IReadOnlySet<string> Places { get; init; } = new HashSet<string>();

    /// <summary>What its Go files are links to, with the links in between.</summary>
    public IReadOnlySet<string> Linked { get; init; } = new HashSet<string>();

    private static readonly HashSet<string> CodeExtensions = new(StringComparer.Ordinal)
    {
        // go/build, matchFile: what the go command compiles, assembles, hands to cgo or links
        ".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".s", ".S",
        ".sx", ".swig", ".swigcxx", ".syso",
    };

    /// <summary>
    /// Whether a change of this file can change the program, or a folder of this name could hold a part of it.
    /// </summary>
    public bool Contains(string path) =>
        Embedded.Contains(path)
        || ModuleFiles.Contains(path)
        || Places.Contains(path)
        || Linked.Contains(path)
        || (Path.GetDirectoryName(path) is { } folder && Folders.Contains(folder) && IsCode(Path.GetFileName(path)))
        || (!IsTest(path) && EmbedFolders.Any(embed => PathNames.IsBelow(path, embed)))
        || Folders.Any(package => package == path || PathNames.IsBelow(package, path))
        || EmbedFolders.Any(embed => embed == path || PathNames.IsBelow(embed, path));

    /// <summary>The folder of the module a package's folder belongs to; null when it belongs to none.</summary>
    public string? ModuleOf(string folder)
    {
        for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (ModuleFiles.Contains(Path.Combine(parent, "go.mod")))
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether go looks into a file of this name in a package's folder: at the first lines of tests too.
    /// </summary>
    internal static bool IsLookedAt(string name) =>
        CodeExtensions.Contains(Path.GetExtension(name)) && name[0] is not ('.' or '_');

    internal static bool IsCode(string name) => IsLookedAt(name) && !IsTest(name);

    private static bool IsTest(string path) => path.EndsWith("_test.go", StringComparison.Ordinal);
}
