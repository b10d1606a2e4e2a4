using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.DevServer.Grpc;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>What happens to a plugin though nobody has asked for it.</summary>
internal static class Surprises
{
    /// <summary>The one that the numbers choose, or null when that can not happen now.</summary>
    public static PluginMessage? Choose(PluginState state, int what, int choice)
    {
        var plugin = state.Backend.Plugin;
        return what switch
        {
            8 => new RebuildAsked(),
            9 when choice % 3 == 0 => new RestartAsked(),
            10 when choice % 20 == 0 =>
                choice % 40 == 0 ? new StopAsked() : new LeaseGivenUp(Lease.OfSession("first")),
            11 or 12 when plugin is not null => new PluginExited(plugin.Number, choice % 2),
            13 when plugin is not null =>
                new HealthChanged(plugin.Number, choice % 2 == 0 ? PluginHealth.Silent : PluginHealth.Serving),
            14 when !state.IsProjectGone && choice % 2 == 0 => new ProjectGone("it was moved"),
            15 or 16 when state.IsProjectGone => new ProjectBack(new ManifestResult(state.Manifest, [])),
            17 when choice % 2 == 0 =>
                new ManifestChanged(new ManifestResult(Manifests.Of(choice % 4 < 2, choice % 8 < 6), [])),
            18 => new UiSaved(),
            19 => new LeaseTaken(Lease.OfSession("first"), state.Settings),
            _ => null,
        };
    }
}
