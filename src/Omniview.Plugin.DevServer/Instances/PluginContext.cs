using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>What the parts of one instance share.</summary>
internal sealed record PluginContext(DevSettings Settings, PluginManifest Manifest, string StateDirectory, PluginBoard Board, PortAllocator Ports)
{
    public InstalledPlugin Installed { get; } = new(StateDirectory, Manifest.Id);

    public string IntermediateDirectory { get; } =
        Settings.IntermediateDirectory ?? Path.Combine(Settings.ProjectDirectory, "obj", "omniview");

    /// <summary>The port Vite has or is to get; 0 without a UI. Given to the plugin and written to .devinfo.</summary>
    public int VitePort => Board.State.VitePort;
}
