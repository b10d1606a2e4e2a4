using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>A plugin as a folder that can be copied to <c>&lt;state&gt;/plugins/&lt;id&gt;</c> as it is.</summary>
public static class LayoutFolder
{
    /// <summary>Writes each file atomically, and only when it differs; other files in the folder stay. Returns how many were written.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">OVP4005: the file system refuses.</exception>
    public static int Write(PluginLayout layout, string folder, CancellationToken cancellation) =>
        PackagingProblem.Guard(folder, () => layout.Files.Count(file =>
        {
            cancellation.ThrowIfCancellationRequested();
            var destination = Path.Combine(folder, file.Name.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            if (FileContent.IsInstalled(file.Source, destination, file.Mode))
            {
                return false;
            }

            using var staged = StagedFile.From(file.Source, destination, file.Mode, durable: false);
            staged.Commit();
            return true;
        }));
}
