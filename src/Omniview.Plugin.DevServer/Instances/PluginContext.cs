using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>What the parts of one instance share.</summary>
internal sealed record PluginContext(DevSettings Settings, PluginManifest Manifest, string StateDirectory, PluginBoard Board, PortAllocator Ports)
{
    public InstalledPlugin Installed { get; } = new(StateDirectory, Manifest.Id);

    public DevInfoKeeper DevInfo { get; } = new(new InstalledPlugin(StateDirectory, Manifest.Id), Manifest.Version, Board);

    public ProcessTable Processes { get; } = new();

    public string IntermediateDirectory { get; } =
        Settings.IntermediateDirectory ?? Path.Combine(Settings.ProjectDirectory, "obj", "omniview");

    /// <summary>The port Vite has or is to get; 0 without a UI.</summary>
    public int VitePort => Board.State.VitePort;
}
