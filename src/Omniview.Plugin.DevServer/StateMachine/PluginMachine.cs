using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// What follows from what happens to a plugin: one function from its state and a message to its next state and what is
/// to be done. It asks nobody and does nothing itself. Each message first changes what is known or wanted; then
/// <see cref="Advance"/> brings about whatever can be begun or ended now.
/// </summary>
internal static class PluginMachine
{
    public static (PluginState State, IReadOnlyList<PluginEffect> Effects) Next(
        PluginState state, PluginMessage message)
    {
        if (state.Life == Life.Stopped)
        {
            return (state, []);
        }

        var step = new Step(state, message.At);
        Take(step, message);
        Advance(step);
        Tell(step, DevInfoOf(state), DevInfoOf(step.State));
        return (step.State, step.Effects);
    }

    /// <summary>
    /// What <c>.devinfo</c> is to say; null while no plugin runs, or it is not known yet whether its UI answers.
    /// </summary>
    public static DevInfoFile? DevInfoOf(PluginState state)
    {
        if (state.Backend.Plugin is not { } plugin || (state.Ui is { } ui ? ui.ToldPort : 0) is not { } port)
        {
            return null;
        }

        var address = plugin.Address;
        return new DevInfoFile(plugin.Pid, address.Protocol, address.AppProtocolVersion, address.Address.Address)
        {
            VitePort = port,
            PluginId = state.Manifest.Id,
            Version = plugin.Version,
            StartedAt = Timestamp.Of(plugin.StartedAt),
        };
    }

    private static void Take(Step step, PluginMessage message)
    {
        switch (message)
        {
            case Saved or BuildEnded or ProgramInstalled or InstallFailed or PluginStarted or Followed:
                SaveRules.Take(step, message);
                break;
            case PluginSpawned or StartEnded or PluginExited or PluginGone or HealthChanged:
                PluginRules.Take(step, message);
                break;
            case VitePortTaken or ViteServes or UiProblemsFound or ViteEnded or UiSaved:
                UiRules.Take(step, message);
                break;
            case ProjectGone or ProjectBack or ManifestChanged or ProblemsFound or SourcesWatched or WatchFailed:
                ProjectRules.Take(step, message);
                break;
            default:
                LifeRules.Take(step, message);
                break;
        }
    }

    /// <summary>Begins and ends what can be begun and ended now, until there is nothing more of that.</summary>
    private static void Advance(Step step)
    {
        PluginState before;
        do
        {
            before = step.State;
            SaveRules.Advance(step);
            PluginRules.Advance(step);
            UiRules.Advance(step);
            LifeRules.Advance(step);
        }
        while (step.State != before && step.State.Life != Life.Stopped);
    }

    /// <summary>Omniview is told first: nobody is to find an address that has just been given up.</summary>
    private static void Tell(Step step, DevInfoFile? before, DevInfoFile? after)
    {
        if (after is null && before is not null)
        {
            step.DoFirst(new HideFromOmniview());
        }
        else if (after is not null && after != before)
        {
            step.DoFirst(new TellOmniview(after));
        }
    }
}
