using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.External;

/// <summary>
/// A plugin that someone else runs: what its <c>.devinfo</c> says, whose it is, and whether its address accepts.
/// </summary>
internal sealed record ExternalPlugin(DevInfoFile DevInfo, ProcessIdentity Process, DevServerState State);
