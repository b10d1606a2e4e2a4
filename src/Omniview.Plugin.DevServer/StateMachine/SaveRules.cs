using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using static Omniview.Plugin.DevServer.StateMachine.TurnPhase;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// What happens on a save. A single save is built at once. A save during a turn ends that turn, and the next one begins
/// when nothing was saved for a moment. A program that is another one is installed and started; when it answers it
/// takes over, and the old plugin is told to go. Whatever goes wrong, the old plugin runs on.
/// </summary>
internal static class SaveRules
{
    public static void Take(Step step, PluginMessage message)
    {
        switch (message)
        {
            case Saved saved:
                Pending.Note(step, saved.IsUnfinished, saved.DetectMs);
                Pending.Supersede(step);
                break;
            case BuildEnded ended when IsIn(step, ended.Turn, Building):
                TakeOutcome(step, ended.Outcome);
                break;
            case ProgramInstalled installed when IsIn(step, installed.Turn, Installing):
                TakeInstalled(step, installed);
                break;
            case InstallFailed failed when IsIn(step, failed.Turn, Installing):
                PluginRules.KeepOldProgram(step);
                step.Do(new TellReload(DevEvents.ReloadError, failed.Failure.Problem.Message));
                TurnEnd.Failed(step, failed.Failure);
                break;
            case PluginStarted started:
                TakeStarted(step, started);
                break;
            case Followed followed when IsIn(step, followed.Turn, Following):
                TurnEnd.Finish(step);
                break;
            default:
                break; // of a turn that is over
        }
    }

    public static void Advance(Step step)
    {
        var (state, backend) = (step.State, step.Backend);
        if (!state.WantsBackend)
        {
            TurnEnd.GiveUp(step);
        }
        else if (backend.Turn is null && backend.Changes is not null && !state.IsProjectGone)
        {
            step.Backend = backend with
            {
                Turn = new Turn(step.NewNumber(), step.Now),
                Pause = backend.IsKept ? backend.Pause : 0,
            };
            Pending.Settle(step);
        }
        else if (backend.Turn is { Phase: WaitingForRoom } turn)
        {
            Install(step, turn);
        }
        else if (backend is { Turn: { Phase: MakingRoom } room, Leaving.IsEmpty: true })
        {
            Start(step, room);
        }
    }

    private static bool IsIn(Step step, int turn, TurnPhase phase) =>
        step.Backend.Turn is { } now && now.Number == turn && now.Phase == phase;

    private static void TakeOutcome(Step step, BuildOutcome outcome)
    {
        var turn = step.Backend.Turn! with { IsIncremental = outcome.IsIncremental };
        step.Backend = step.Backend with { Turn = turn };
        if (turn.IsSuperseded || outcome is BuildCancelled || step.State.IsProjectGone)
        {
            TurnEnd.Superseded(step);
            return;
        }

        switch (outcome)
        {
            case ManifestWrong wrong:
                ProjectRules.Read(step, wrong.Manifest);
                TurnEnd.Failed(step, wrong.Manifest.Diagnostics, "plugin.yaml has errors");
                break;
            case BuildBroken broken:
                ProjectRules.Read(step, broken.Manifest);
                TurnEnd.Failed(step, broken.Failure);
                break;
            case Compiled compiled:
                ProjectRules.Read(step, compiled.Manifest);
                TakeCompiled(step, compiled);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome));
        }
    }

    private static void TakeCompiled(Step step, Compiled compiled)
    {
        var result = compiled.Result;
        var turn = step.Backend.Turn!;
        var times = turn.Times with
        {
            BuildMs = result.Duration.TotalMilliseconds,
            LinkMs = result.Linking?.TotalMilliseconds,
        };
        step.State = step.State.With(ProblemSource.Go, result.Diagnostics);
        step.Backend = step.Backend with
        {
            LastBuildDuration = (long)result.Duration.TotalNanoseconds,
            LastBuildTime = step.Now.Clock,
            Turn = turn with
            {
                Phase = WaitingForRoom,
                Times = times,
                BuildTime = result.Duration,
                Built = result.Success ? compiled.Request : null,
            },
        };
        if (!result.Success)
        {
            TurnEnd.Failed(step, result.Diagnostics, StaleReason.Build);
        }
    }

    /// <summary>Three plugins at once would be a surprise to the author: who leaves is waited for.</summary>
    private static void Install(Step step, Turn turn)
    {
        var backend = step.Backend;
        if (turn.IsSuperseded)
        {
            TurnEnd.Superseded(step);
        }
        else if (backend.Start is not null)
        {
            PluginRules.CancelStart(step);
        }
        else if (backend.Leaving.IsEmpty)
        {
            var replaces = backend.Plugin is not null || backend.IsKept;
            step.Backend = backend with
            {
                Turn = turn with { Phase = Installing, StepBegun = step.Now, Replaces = replaces },
            };
            var (settings, manifest) = (step.State.Settings, step.State.Manifest);
            step.Do(new InstallProgram(
                turn.Number, settings, manifest, turn.Built!.Output, backend.Plugin is not null));
        }
    }

    private static void TakeInstalled(Step step, ProgramInstalled installed)
    {
        var turn = step.Backend.Turn!;
        turn = turn with
        {
            IsSame = !installed.IsChanged,
            Times = turn.Times with { TransferMs = (step.Now - turn.StepBegun).TotalMilliseconds },
        };
        step.Backend = step.Backend with { Turn = turn };
        if (turn.IsSuperseded || !step.State.WantsBackend)
        {
            PluginRules.KeepOldProgram(step);
            TurnEnd.Superseded(step);
        }
        else if (!installed.IsChanged && step.Backend.Plugin is { } plugin
            && plugin.VitePort == PluginRules.VitePort(step))
        {
            step.Do(new DiscardBackup());
            TurnEnd.Ready(
                step,
                "unchanged",
                $"unchanged after {Duration.Text(turn.BuildTime)}: the plugin that runs is this one");
        }
        else
        {
            step.Do(new TellReload(DevEvents.ReloadStart, ""));
            if (installed.TakesTurns)
            {
                step.Backend = step.Backend with { Turn = turn with { Phase = MakingRoom } };
                PluginRules.Retire(step, isKept: true);
            }
            else
            {
                Start(step, turn);
            }
        }
    }

    private static void Start(Step step, Turn turn)
    {
        if (turn.IsSuperseded)
        {
            PluginRules.KeepOldProgram(step);
            step.Do(new TellReload(DevEvents.ReloadError, TurnEnd.NewerChange));
            TurnEnd.Superseded(step);
            return;
        }

        step.Backend = step.Backend with { Turn = turn with { Phase = Starting } };
        PluginRules.Start(step, isReturn: false);
    }

    private static void TakeStarted(Step step, PluginStarted started)
    {
        var isSwap = step.Backend is { Turn.Phase: Starting, Start: { IsReturn: false } start }
            && start.Number == started.Start;
        if (!PluginRules.TakeService(step, started) || !isSwap)
        {
            return;
        }

        var turn = step.Backend.Turn!;
        var times = turn.Times with
        {
            StartMs = started.Times.StartMs,
            HandshakeMs = started.Times.HandshakeMs,
            HealthMs = started.Times.HealthMs,
        };
        step.State = step.State with { Generation = step.State.Generation + 1 };
        step.Backend = step.Backend with { Turn = turn with { Times = times } };
        step.Do(new DiscardBackup());
        step.Do(new TellReload(DevEvents.ReloadComplete, ""));
        var text =
            $"ready in {Duration.Text(step.Now - turn.Begun)} (build {Duration.Text(turn.BuildTime)}), generation " +
            $"{step.State.Generation}";
        TurnEnd.Ready(step, "ready", text);
    }
}
