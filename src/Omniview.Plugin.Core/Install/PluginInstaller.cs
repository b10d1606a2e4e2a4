using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// Copies a built plugin into its folder under the state directory. Everything that changed is first written into a
/// folder of its own there and only then renamed, so nobody is ever shown a missing or half file. An install that fails
/// leaves what was there; one that is killed half-way is rolled back by whoever comes next. Files with the same content
/// keep their time; files an install doesn't know are not touched.
/// </summary>
internal static class PluginInstaller
{
    /// <summary>
    /// Cancelling has an effect until the first file is put in place; from there an install runs to its end.
    /// </summary>
    /// <exception cref="DiagnosticException">
    /// OVP1008: illegal id. OVP4004: a source is missing. OVP4003: a folder to be written is a link. OVP4002: anything
    /// the file system refuses.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing has changed.</exception>
    public static InstallResult Install(InstallRequest request, CancellationToken cancellation = default)
    {
        var plugin = new InstalledPlugin(request.StateDirectory, request.PluginId);
        try
        {
            var plan = new InstallPlan(request, plugin);
            PluginFolder.Create(plugin);
            using var held = InstallLock.Take(plugin.Directory, cancellation);
            Temporaries.RemoveAbandoned(plugin.Directory);
            Temporaries.RemoveAbandoned(plugin.BinaryDirectory);
            if (request.AssetsDirectory is not null)
            {
                Temporaries.RemoveAbandoned(plugin.AssetsDirectory, recursive: true);
            }

            using var changes = new StagedChanges(
                plugin.Directory, "The installed plugin", request.Durable, TransferProblem.Of);
            foreach (var file in plan.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                changes.Stage(file);
            }

            var stale = plan.StaleAssets();
            stale.ForEach(changes.Remove);
            cancellation.ThrowIfCancellationRequested();
            changes.Commit();

            bool Changed(string path) => changes.Destinations.Contains(path);
            var binary = plugin.BinaryFile(request.WindowsBinary);
            return new InstallResult(
                Changed(plugin.ManifestFile),
                stale.Count > 0 || changes.Destinations.Any(path => path != plugin.ManifestFile && path != binary),
                Changed(binary));
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw TransferProblem.Of(e, plugin.Directory, "The installed plugin is unchanged.");
        }
    }
}
