using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Makes the paths go and its tools print absolute.</summary>
/// <param name="directory">Absolute path of the folder <c>go</c> ran in.</param>
/// <param name="workspace">Says which go.work was in force there.</param>
internal sealed partial class GoPaths(string directory, Func<GoWorkspace> workspace)
{
    private GoModuleMap? _modules;
    private (string Printed, string? Package, string? Full) _last = ("", null, null);

    public string Directory { get; } = directory;

    // Read at the first problem only: a good build needs none of it.
    public GoModuleMap Modules => _modules ??= new GoModuleMap(Directory, workspace());

    /// <summary>
    /// Absolute path of a file as it was printed; null if it is no file name but text that ends like one. Go shortens
    /// what its compilers print relative to the folder it runs in; gcc, clang and tests name files relative to their
    /// package.
    /// </summary>
    /// <param name="printed">The file as it was printed.</param>
    /// <param name="package">The package whose compiler speaks; null when it may be anyone, and a name with spaces is a
    /// name only if it can be one.</param>
    public string? Resolve(string printed, string? package)
    {
        if (_last.Printed != printed || _last.Package != package)
        {
            _last = (printed, package, Find(printed, package)); // the problems of a file come together
        }

        return _last.Full;
    }

    /// <summary>
    /// Absolute path of the folder of a package as a header names it (<c>a/b [a/b.test]</c>); null when it is not
    /// known.
    /// </summary>
    public string? PackageFolder(string package) => Modules.Folder(TestedPackage(package));

    /// <summary>
    /// The package to ask go about for one as a header names it: <c>a/b_test [a/b.test]</c> are tests of <c>a/b</c>.
    /// </summary>
    public string TestedPackage(string package)
    {
        var path = package.Split(' ', 2)[0];
        var isOfTest = path.EndsWith("_test", StringComparison.Ordinal)
            || path.EndsWith(".test", StringComparison.Ordinal);
        return isOfTest && !System.IO.Directory.Exists(Modules.Folder(path)) ? path[..^5] : path;
    }

    /// <summary>The Go files of a folder, in the order of their names; none when there is no such folder.</summary>
    public static IReadOnlyList<string> GoFiles(string? folder) => Files(folder, "*.go");

    /// <summary>The files of a folder with such names, in their order; none when there is no such folder.</summary>
    public static IReadOnlyList<string> Files(string? folder, string pattern)
    {
        try
        {
            return folder is not null && System.IO.Directory.Exists(folder)
                ? [.. System.IO.Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// A file known by its name alone, in the folder go ran in or up to two below; null unless there is exactly one.
    /// </summary>
    public string? FindByName(string name)
    {
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 2,
                IgnoreInaccessible = true,
                MatchType = MatchType.Simple,
            };
            return
                System
                    .IO.Directory.EnumerateFiles(Directory, "*" + Path.GetExtension(name), options)
                    .Where(file => Path.GetFileName(file) == name)
                    .Take(2)
                    .ToList()
                    is [var only]
                ? only
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Find(string printed, string? package)
    {
        if (WindowsRooted().IsMatch(printed))
        {
            return printed;
        }

        if (printed.Length > 4096 || printed.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        // More likely text than the name of a file, unless there is one.
        var mustBeThere = printed.AsSpan().ContainsAny('"', '\t')
            || printed.Contains(": ", StringComparison.Ordinal);
        var full = Path.IsPathRooted(printed) ? printed
            : Literal(printed, package) ?? FindRelative(printed, package);
        return mustBeThere && !File.Exists(full) ? null : full;
    }

    /// <summary>A file with backslashes in its name, where they separate no folders.</summary>
    private string? Literal(string printed, string? package) =>
        OperatingSystem.IsWindows() || !printed.Contains('\\', StringComparison.Ordinal)
            ? null
            : new[] { Directory, package is null ? null : PackageFolder(package) }
                .OfType<string>()
                .Select(folder => Path.GetFullPath(printed, folder))
                .FirstOrDefault(File.Exists);

    private string? FindRelative(string printed, string? package)
    {
        var relative = printed.Replace('\\', '/'); // only Go on Windows prints backslashes; Windows itself takes either
        var here = Path.GetFullPath(relative, Directory);
        var inPackage = package is null
            ? null
            : PackageFolder(package) is { } folder
            ? Path.GetFullPath(relative, folder)
            : null;
        var (first, second) = IsNative(relative) ? (inPackage ?? here, here) : (here, inPackage ?? here);
        return File.Exists(first) ? first
            : File.Exists(second) ? second
            : Modules.Folder(relative) is { } module && File.Exists(module) ? module // -trimpath
            : package is null && printed.Contains(' ', StringComparison.Ordinal) && !IsInFolder(relative, here) ? null
            : first;
    }

    private static bool IsNative(string path) =>
        !path.Contains('/', StringComparison.Ordinal) && !path.EndsWith(".go", StringComparison.Ordinal);

    /// <summary>
    /// Whether a file that is not there (any more) could be: <c>pkg/my file.go</c> could, <c>2026/11/20 10:00:00
    /// x.go</c> and <c>open x.go</c> could not.
    /// </summary>
    private static bool IsInFolder(string path, string full) =>
        path.Contains('/', StringComparison.Ordinal) && System.IO.Directory.Exists(Path.GetDirectoryName(full));

    [GeneratedRegex(@"^(?:[A-Za-z]:[\\/]|\\\\)", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsRooted();
}
