using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>What all plugins of one host share.</summary>
internal sealed record HostParts(
    string StateDirectory, PortAllocator Ports, SocketFolders Sockets, SharedTimer Timer, EventHub Events);
