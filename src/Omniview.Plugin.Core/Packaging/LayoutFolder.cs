using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Manifest;

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
            RequireSamePlugin(layout, root);
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

    /// <summary>Two plugins in one folder would be a mixture: the manifest of one with assets of the other.</summary>
    private static void RequireSamePlugin(PluginLayout layout, string root)
    {
        var manifest = layout.Files.Single(file => file.Name == ManifestReader.FileName).Source;
        if (ManifestReader.ReadBuilt(root).Manifest is { } there
            && ManifestReader.ReadBuilt(Path.GetDirectoryName(manifest)!).Manifest is { } published
            && there.Id != published.Id)
        {
            throw new DiagnosticException(
                PackagingProblem.Of(
                    $"{root} holds the plugin '{there.Id}', and a folder holds one plugin. Choose another folder for "
                        + $"'{published.Id}' with -o or PublishDir, or delete this one.").At(there.File));
        }
    }
}
