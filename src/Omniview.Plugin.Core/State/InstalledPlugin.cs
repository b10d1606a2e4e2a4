using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.State;

/// <summary>The paths of <c>&lt;state&gt;/plugins/&lt;id&gt;</c>. Nothing is created or looked up.</summary>
internal sealed class InstalledPlugin
{
    /// <exception cref="DiagnosticException">OVP1008: the id can't be a folder's name.</exception>
    public InstalledPlugin(string stateDirectory, string pluginId)
    {
        if (PluginId.Problem(pluginId) is { } problem)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.PluginIdIllegal, $"The plugin id {Shown.Text(pluginId)} {problem}."));
        }

        StateDirectory = Path.GetFullPath(stateDirectory);
        PluginsDirectory = Path.Combine(StateDirectory, "plugins");
        Directory = Path.Combine(PluginsDirectory, pluginId);
    }

    public string StateDirectory { get; }

    public string PluginsDirectory { get; }

    public string Directory { get; }

    public string ManifestFile => In("plugin.yaml");

    public string BinaryDirectory => In("bin");

    public string AssetsDirectory => In("assets");

    public string DevInfoFile => In(".devinfo");

    /// <param name="windows">Whether the plugin is for Windows, which starts no program without an extension.</param>
    public string BinaryFile(bool windows) => Path.Combine(BinaryDirectory, windows ? "plugin.exe" : "plugin");

    private string In(string name) => Path.Combine(Directory, name);
}
