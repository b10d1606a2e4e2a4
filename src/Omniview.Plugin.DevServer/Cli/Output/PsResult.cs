using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>ps</c> answers.</summary>
/// <param name="Host">Null when none runs.</param>
/// <param name="Plugins">Managed and external ones.</param>
internal sealed record PsResult(HostView? Host, IReadOnlyList<DevServerState> Plugins);
