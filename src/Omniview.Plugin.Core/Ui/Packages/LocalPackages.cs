using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Files of this machine that an install copies into node_modules: folders and archives that a dependency names
/// (<c>file:../lib</c>, <c>file:../lib.tgz</c>), and patches of packages. No lock file says when they change. What is
/// linked instead of copied is <see cref="LinkedPackages"/>'.
/// </summary>
internal static partial class LocalPackages
{
    private const int LargestDeclaration = 16 * 1024 * 1024;

    private static readonly string[] Declarations = ["package.json", "pnpm-workspace.yaml"];
    private static readonly string[] PatchFolders = ["patches", ".yarn/patches"];
    private static readonly HashSet<string> NeverPacked = new(StringComparer.Ordinal) { "node_modules", ".git" };

    /// <summary>Absolute paths, in a stable order; some may not be there.</summary>
    public static IEnumerable<string> FilesOf(UiProject ui) =>
        ui.Folders().SelectMany(folder => Named(ui, folder).Concat(Patches(folder))).Distinct(PathNames.Comparer);

    private static IEnumerable<string> Named(UiProject ui, string folder)
    {
        foreach (var (name, place) in Places(folder))
        {
            var path = Path.GetFullPath(place, folder);
            if (!Directory.Exists(path))
            {
                yield return path;
            }
            else if (!IsLinked(Path.Combine(folder, "node_modules", name)))
            {
                foreach (var file in FilesIn(path, ui.Directory))
                {
                    yield return file;
                }
            }
        }
    }

    private static IReadOnlyCollection<(string Name, string Place)> Places(string folder)
    {
        try
        {
            return PackageJson.Read(Path.Combine(folder, "package.json")).LocalPlaces;
        }
        catch (DiagnosticException)
        {
            return []; // one that is there and wrong is told of where it is needed
        }
    }

    /// <summary>npm links folders, pnpm links to its copy in a node_modules.</summary>
    private static bool IsLinked(string installed) =>
        new DirectoryInfo(installed) is { Exists: true, LinkTarget: not null }
        && RealPath.Of(installed)?.Split(Path.DirectorySeparatorChar).Contains("node_modules") == false;

    private static IEnumerable<string> FilesIn(string root, string without)
    {
        var found = new FileSystemEnumerable<string>(
            root,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !NeverPacked.Contains(entry.FileName.ToString()) && !PathNames.AreSame(entry.ToFullPath(), without),
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        };
        return found.Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Patches(string folder) =>
        PatchFolders.Select(name => Path.Combine(folder, name))
            .Where(Directory.Exists)
            .SelectMany(patches => FilesIn(patches, ""))
            .Concat(
                Declarations.SelectMany(name => PatchFile().Matches(Text(Path.Combine(folder, name))))
                    .Select(match => Path.GetFullPath(match.Value, folder)));

    private static string Text(string file)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, LargestDeclaration));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>As pnpm's patchedDependencies and Yarn's <c>patch:</c> name one.</summary>
    [GeneratedRegex("""[^\s"'#:,{}]+\.(?:patch|diff)\b""")]
    private static partial Regex PatchFile();
}
