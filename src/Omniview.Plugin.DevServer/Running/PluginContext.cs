using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>What stays the same for as long as a plugin is served, and whoever runs something for it needs.</summary>
/// <param name="PluginId">Its id.</param>
/// <param name="StateDirectory">Absolute path.</param>
/// <param name="Board">For lines of the log.</param>
/// <param name="Ports">Of the host.</param>
/// <param name="Sockets">Of the host.</param>
/// <param name="Timer">Of the host.</param>
/// <param name="Files">Those that may be shown.</param>
/// <param name="ProjectDirectory">Absolute path.</param>
/// <param name="IntermediateDirectory">Absolute path of the folder for what may be deleted.</param>
internal sealed record PluginContext(
    string PluginId,
    string StateDirectory,
    PluginBoard Board,
    PortAllocator Ports,
    SocketFolders Sockets,
    SharedTimer Timer,
    SourceFiles Files,
    string ProjectDirectory,
    string IntermediateDirectory)
{
    public InstalledPlugin Installed { get; } = new(StateDirectory, PluginId);

    public ProcessTable Processes { get; } = new();

    /// <summary>Where the loop has go write.</summary>
    public string GoWorkFolder { get; } = new HostDirectory(StateDirectory).Go;
}
