namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>What <c>//go:embed</c> lines name (package embed, "Directives").</summary>
internal static class GoEmbeds
{
    private const string Directive = "//go:embed";

    /// <summary>The files named in the lines of a Go file, and the folders in which others may come to match.</summary>
    /// <param name="head">As <see cref="GoImports"/> gives it.</param>
    /// <param name="folder">Absolute path of the file's folder.</param>
    public static IEnumerable<string> Roots(string head, string folder) =>
        head.Split('\n')
            .Where(line => line.StartsWith(Directive, StringComparison.Ordinal))
            .SelectMany(line => line[Directive.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(pattern => pattern.Trim('"', '`'))
            .Where(pattern => pattern.Length > 0 && !pattern.Contains('\0', StringComparison.Ordinal))
            .Select(pattern => Root(folder, pattern).Path);

    /// <summary>The folder a pattern looks into; null when it names one file, which is known by itself.</summary>
    public static string? Folder(string package, string pattern) =>
        Root(package, pattern) is var (path, isFolder) && (isFolder || Directory.Exists(path)) ? path : null;

    private static (string Path, bool IsFolder) Root(string package, string pattern)
    {
        var path = pattern.StartsWith("all:", StringComparison.Ordinal) ? pattern[4..] : pattern;
        var meta = path.IndexOfAny(['*', '?', '[', '\\']);
        return meta < 0
            ? (Path.GetFullPath(path, package), false)
            : (Path.GetFullPath(
                path[..meta].LastIndexOf('/') is > 0 and var slash ? path[..slash] : ".", package), true);
    }
}
