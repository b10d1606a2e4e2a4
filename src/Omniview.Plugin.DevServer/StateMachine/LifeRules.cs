using System.Globalization;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Who holds the plugin, and what is wanted of all of it: to run, to run anew, to end.</summary>
internal static class LifeRules
{
    private const int MostNames = 5;

    public static void Take(Step step, PluginMessage message)
    {
        var state = step.State;
        switch (message)
        {
            case Begun when state.Life == Life.New:
                step.State = state with { Life = Life.Running };
                break;
            case LeaseTaken taken when !state.IsEnding:
                step.State = state with { Leases = state.Leases.With(taken.Lease) };
                TakeEnvironment(step, taken.Settings);
                break;
            case LeaseGivenUp given:
                step.State = state with { Leases = state.Leases.Without(given.Lease) };
                step.State = step.State with { Life = step.State.Leases.IsHeld ? state.Life : Life.Stopping };
                break;
            case RebuildAsked:
                Pending.Ask(step);
                UiRules.Retry(step);
                break;
            case RestartAsked:
                Restart(step);
                break;
            case StopAsked:
                step.State = state with { Life = Life.Stopping };
                break;
            case PauseOver over:
                TakePause(step, over.Pause);
                break;
            default:
                break;
        }
    }

    public static void Advance(Step step)
    {
        Hold(step);
        if (!step.State.IsQuiet || step.Backend.IsPrepared)
        {
            return;
        }

        if (step.State.Life == Life.Restarting)
        {
            step.State = step.State with
            {
                Life = Life.Running,
                Backend = step.Backend with
                {
                    Crashes = new Backend().Crashes,
                    Ends = new Backend().Ends,
                    Superseded = 0,
                },
                Ui = step.State.Ui is { } ui
                    ? ui with { ToldPort = null, IsWaiting = false, BackOff = new BackOff() }
                    : null,
            };
        }
        else if (step.State.Life == Life.Stopping)
        {
            if (step.State.Ui is not null)
            {
                step.Do(new ReleaseUi());
            }

            step.State = step.State with { Life = Life.Stopped };
            step.Do(new Finish());
        }
    }

    /// <summary>
    /// What a backend has from its first moment to its last: the watch over its sources, its debugger's port.
    /// </summary>
    private static void Hold(Step step)
    {
        var (wants, has) = (step.State.WantsBackend, step.Backend.IsPrepared);
        if (wants == has || (has && !step.Backend.IsQuiet))
        {
            return;
        }

        step.Backend = step.Backend with { IsPrepared = wants, Watch = 0, IsWatched = false, Changes = null };
        if (wants)
        {
            ProjectRules.Watch(step);
        }
        else
        {
            step.Do(new ReleaseBackend());
        }
    }

    private static void TakePause(Step step, int pause)
    {
        var backend = step.Backend;
        if (backend.Turn is { Phase: TurnPhase.Settling } turn && turn.Number == pause)
        {
            Pending.Settle(step);
        }
        else if (backend.Pause == pause)
        {
            step.Backend = backend with { Pause = 0 };
            if (!backend.IsKept)
            {
                Pending.Note(step);
            }
        }
        else if (backend.WatchPause == pause)
        {
            ProjectRules.WatchAgain(step);
        }
        else if (step.State.Ui is { } ui && ui.Pause == pause)
        {
            step.Ui = ui with { Pause = 0, IsWaiting = false };
        }
    }

    /// <summary>Who comes last means what he sees in his terminal, so all is started with that environment.</summary>
    private static void TakeEnvironment(Step step, DevSettings settings)
    {
        var own = step.State.Settings;
        if (
            settings.Environment is not { } wanted
            || SessionEnvironment.Differences(own.Environment ?? step.State.HostEnvironment, wanted)
                is not { Count: > 0 } names)
        {
            return;
        }

        step.State = step.State with { Settings = own with { Environment = wanted, SearchPath = settings.SearchPath } };
        var more = names.Count > MostNames
            ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more")
            : "";
        step.Info(
            $"opened from an environment that differs in {string.Join(", ", names.Take(MostNames))}{more}: all is " +
            "started with that one");
        Restart(step);
    }

    private static void Restart(Step step)
    {
        if (step.State.Life == Life.Running)
        {
            step.Do(new Say(LogSource.Manager, "info", "restarting") { IsFirst = true });
            step.State = step.State with { Life = Life.Restarting };
        }
    }
}
