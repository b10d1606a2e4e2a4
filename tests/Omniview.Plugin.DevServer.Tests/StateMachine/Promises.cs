using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>What must hold after each message, whatever has happened; the first that does not, in words.</summary>
internal static class Promises
{
    public static string? Broken(World world)
    {
        var (before, state, backend, effects) = (world.Before!, world.State, world.State.Backend, world.Effects);
        if (world.Builds + world.Follows > 1)
        {
            return "two go commands of one plugin at once";
        }

        if (before.IsEnding
            && effects.Any(effect => effect is StartBuild or StartPlugin or StartVite or TellOmniview or WatchSources))
        {
            return "something was begun after the stop";
        }

        if (before.Life == Life.Stopped && (effects.Count > 0 || before != state))
        {
            return "'stopped' was not the last";
        }

        if (world.IsFinished
            && (world.Processes.Count > 0 || world.Vites.Any() || world.Builds + world.Follows > 0 || world.Told != 0))
        {
            return "something was left behind at the end";
        }

        if (world.Vites.Count() > 1)
        {
            return "two Vites at once";
        }

        if (world.Processes.Count > (world.HasDebugger ? 1 : 2))
        {
            return $"{world.Processes.Count} plugins at once";
        }

        if (backend.Plugin is null ? world.Told != 0 : world.Told != backend.Plugin.Pid
            && PluginMachine.DevInfoOf(state) is not null)
        {
            return $".devinfo names {world.Told}, and {backend.Plugin?.Pid ?? 0} is in service";
        }

        if (backend.Plugin is { } plugin && !world.Processes.Contains(plugin.Number))
        {
            return "a plugin is in service that nobody has started";
        }

        return AtRest(state) ? BrokenAtRest(world) : null;
    }

    /// <summary>Nothing is to be built, is being built or is on its way into service.</summary>
    private static bool AtRest(PluginState state) =>
        state is { WantsBackend: true, IsProjectGone: false }
        && state.Backend is { IsWatched: true, Changes: null, Start: null, IsKept: false }
        && state.Backend.Turn is null or { Phase: TurnPhase.Following };

    private static string? BrokenAtRest(World world)
    {
        var (state, wire) = (world.State, WireState.Of(world.State));
        if (world.Sources.Built != world.Sources.Saved && state.Backend.Failure is null)
        {
            return $"version {world.Sources.Saved} was saved, and only {world.Sources.Built} was built";
        }

        var hasGoError = state.Problems.ContainsKey(ProblemSource.Go);
        if (hasGoError && (world.Sources.BuildWentWell || world.Sources.AreGood))
        {
            return "an error is shown that is mended";
        }

        if (world.RunningProgram is not { } running)
        {
            return wire.Stale ? "stale, and no plugin runs" : null;
        }

        var isFresh = world.Sources.AreGood && running == world.Sources.SavedProgram;
        if (wire.Stale == isFresh)
        {
            return $"program {running} runs, the sources ({(world.Sources.AreGood ? "good" : "bad")}) are " +
                $"{world.Sources.SavedProgram}, and stale is {wire.Stale}: {wire.StaleReason}";
        }

        return running == world.Installed ? null : $"program {running} runs, and {world.Installed} is installed";
    }
}
