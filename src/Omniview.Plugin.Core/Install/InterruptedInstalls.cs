using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>Installs that were killed half-way, and left a plugin's folder with files of two versions.</summary>
internal static class InterruptedInstalls
{
    /// <summary>
    /// Rolls back those of all plugins of a state directory, as the next install of each would. One that goes on just
    /// now is none.
    /// </summary>
    /// <returns>OVP6010 for each that was found, also for those that could not be rolled back.</returns>
    public static IReadOnlyList<Diagnostic> RollBack(string stateDirectory)
    {
        var plugins = new DirectoryInfo(Path.Combine(stateDirectory, "plugins"));
        var ids = plugins.Exists
            ? plugins.EnumerateDirectories("*", new EnumerationOptions()).Select(folder => folder.Name)
            : [];
        return
        [
            .. ids.Where(id => PluginId.Problem(id) is null)
                .Select(id => RollBack(new InstalledPlugin(stateDirectory, id)))
                .OfType<Diagnostic>(),
        ];
    }

    private static Diagnostic? RollBack(InstalledPlugin plugin)
    {
        try
        {
            return FileFacts.Of(plugin.Directory) is { Kind: FileKind.Folder } && InstallLock.Recover(plugin.Directory)
                ? Found("It was taken back: the plugin is what it was before it.")
                : null;
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            return Found(
                $"It can't be taken back: {e.Message.TrimEnd('.')}. Put that right, then install the plugin again.");
        }

        Diagnostic Found(string outcome) =>
            Diagnostic.Warning(
                DiagnosticCodes.LeftoversOfDeadHost, $"An install of this plugin was killed half-way. {outcome}").At(
                    plugin.Directory);
    }
}
