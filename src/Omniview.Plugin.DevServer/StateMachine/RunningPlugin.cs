using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>A plugin that was started and has answered.</summary>
/// <param name="Number">Of its start.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Address">Where it listens, as <c>.devinfo</c> tells it.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Health">What it answered last.</param>
/// <param name="VitePort">The port that it was told.</param>
/// <param name="Version">Of its manifest.</param>
internal sealed record RunningPlugin(
    int Number,
    int Pid,
    Handshake Address,
    DateTimeOffset StartedAt,
    PluginHealth Health,
    int VitePort,
    string Version);
