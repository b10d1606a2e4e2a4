using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>A plugin as a folder that can be copied to <c>&lt;state&gt;/plugins/&lt;id&gt;</c> as it is.</summary>
internal static class LayoutFolder
{
    /// <summary>
    /// Writes what differs, all of it or nothing; other files in the folder stay. Returns how many were written.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4005: the file system refuses.</exception>
    public static int Write(PluginLayout layout, string folder, CancellationToken cancellation)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return PackagingProblem.Guard(folder, () =>
        {
            Directory.CreateDirectory(root);
            using var held = InstallLock.Take(root, cancellation, keep: false);
            using var changes = new StagedChanges(
                root,
                "What was published before",
                durable: false,
                (cause, file, outcome) => PackagingProblem.Of(cause, file, $"{outcome} "));
            foreach (var file in layout.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                changes.Stage(new PlannedFile(
                    file.Source, Path.Combine(root, file.Name.Replace('/', Path.DirectorySeparatorChar)), file.Mode));
            }

            changes.Commit();
            return changes.Destinations.Count();
        });
    }
}
