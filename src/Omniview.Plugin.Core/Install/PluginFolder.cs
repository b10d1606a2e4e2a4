using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>Keeps installs inside <c>&lt;state&gt;/plugins/&lt;id&gt;</c>.</summary>
internal static class PluginFolder
{
    /// <summary>
    /// Checks the plugin's folder and the folders between it and <paramref name="folder"/>. The state directory itself
    /// may be a link: that is the user's choice of place.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4003: one is a link, and files would land outside the plugin's
    /// folder.</exception>
    public static void RequireNoLinks(InstalledPlugin plugin, string folder)
    {
        for (
            var current = folder;
            current.Length > plugin.PluginsDirectory.Length;
            current = Path.GetDirectoryName(current)!)
        {
            if (new DirectoryInfo(current).LinkTarget is { } target)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    DiagnosticCodes.InstalledPluginIsLink,
                    $"{current} is a link to {target}: installing would write there. Nothing was written. Remove " +
                    $"the link, or point {StateDirectory.Property} at the state directory you mean.").At(current));
            }
        }
    }

    /// <summary>Creates the state directory (0700) and the plugin's folder (0755) where missing.</summary>
    public static void Create(InstalledPlugin plugin)
    {
        Permissions.CreateFolder(plugin.StateDirectory, Permissions.OwnerFolder);
        Permissions.CreateFolder(plugin.PluginsDirectory, Permissions.Runnable);
        Permissions.CreateFolder(plugin.Directory, Permissions.Runnable);
    }
}
