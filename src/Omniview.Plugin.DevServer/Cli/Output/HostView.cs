using Omniview.Plugin.Core.Client;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>The running dev host.</summary>
/// <param name="Address">Root of its API.</param>
/// <param name="TokenFile">Where the token is that the API asks for.</param>
internal sealed record HostView(int Pid, string Version, string StartedAt, string Address, string TokenFile)
{
    public static HostView Of(HostClient host) =>
        new(
            host.Record.Pid,
            host.Record.Version,
            host.Record.StartedAt,
            host.BaseAddress.ToString(),
            host.Record.TokenFile);
}
