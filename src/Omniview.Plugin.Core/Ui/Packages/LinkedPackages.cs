using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// The packages a UI depends on whose sources lie elsewhere on this machine: members of the same workspace, and what
/// <c>link:</c> and <c>npm link</c> bring. No lock file says when they change.
/// </summary>
internal static class LinkedPackages
{
    /// <summary>Absolute paths of their folders, with those they depend on themselves, in a stable order.</summary>
    public static IReadOnlyCollection<string> Of(UiProject ui)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([ui.Directory]);
        while (open.TryDequeue(out var folder))
        {
            foreach (var name in DependenciesOf(folder))
            {
                if (TargetOf(name, ui.Folders().Prepend(folder)) is { } target && target != ui.Directory
                    && found.Add(target))
                {
                    open.Enqueue(target);
                }
            }
        }

        return found;
    }

    private static string? TargetOf(string name, IEnumerable<string> folders)
    {
        var link = folders.Select(folder => new DirectoryInfo(Path.Combine(folder, "node_modules", name)))
            .FirstOrDefault(folder => folder.Exists);
        var target = link?.LinkTarget is null ? null : RealPath.Of(link.FullName);
        var isInstalled = target?.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)
            .Contains("node_modules") ?? true;
        return isInstalled ? null : Path.TrimEndingDirectorySeparator(target!);
    }

    private static IReadOnlySet<string> DependenciesOf(string folder)
    {
        try
        {
            return PackageJson.Read(Path.Combine(folder, "package.json")).Dependencies;
        }
        catch (DiagnosticException)
        {
            return new HashSet<string>(); // another package's file: Vite will say what it needs of it
        }
    }
}
