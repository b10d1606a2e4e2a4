using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Grpc;
using static Omniview.Plugin.DevServer.StateMachine.TurnPhase;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Who is in service: how a plugin comes, goes, ends by itself and comes back.</summary>
internal static class PluginRules
{
    public static void Take(Step step, PluginMessage message)
    {
        var backend = step.Backend;
        switch (message)
        {
            case PluginSpawned spawned when backend.Start?.Number == spawned.Start:
                step.Backend = backend with { Start = backend.Start with { Pid = spawned.Pid } };
                break;
            case StartEnded ended when backend.Start?.Number == ended.Start:
                TakeStartEnd(step, backend.Start, ended.Failure);
                break;
            case PluginExited exited when backend.Plugin?.Number == exited.Start:
                TakeExit(step, exited.ExitCode);
                break;
            case PluginGone gone:
                step.Backend = backend with { Leaving = backend.Leaving.Remove(gone.Start) };
                break;
            case HealthChanged changed when backend.Plugin?.Number == changed.Start:
                TakeHealth(step, backend.Plugin, changed.Health);
                break;
            default:
                break; // of a plugin that is out of service
        }
    }

    /// <summary>The port that a plugin is told.</summary>
    public static int VitePort(Step step) => step.State.Ui?.Port ?? 0;

    public static void Start(Step step, bool isReturn)
    {
        var start = new PluginStart(step.NewNumber(), isReturn, VitePort(step));
        step.Backend = step.Backend with { Start = start };
        step.Do(new StartPlugin(start.Number, step.State.Settings, step.State.Manifest, start.VitePort));
    }

    public static void CancelStart(Step step)
    {
        if (step.Backend.Start is { IsCancelled: false } start)
        {
            step.Backend = step.Backend with { Start = start with { IsCancelled = true } };
            step.Do(new CancelStart(start.Number));
        }
    }

    /// <summary>Takes the plugin out of service.</summary>
    /// <param name="step">Whose.</param>
    /// <param name="isKept">It is to come back unless another takes its place.</param>
    public static void Retire(Step step, bool isKept)
    {
        if (step.Backend.Plugin is { } plugin)
        {
            step.Backend = step.Backend with
            {
                Plugin = null,
                IsKept = isKept,
                Leaving = step.Backend.Leaving.Add(plugin.Number),
            };
            step.Do(new StopPlugin(plugin.Number, IsReplaced: false));
        }
    }

    /// <summary>
    /// The program of a turn does not take over: the installed one is again the one that runs, or is to.
    /// </summary>
    public static void KeepOldProgram(Step step)
    {
        step.Do(step.Backend.Turn!.Replaces ? new RestoreProgram() : new DiscardBackup());
        if (step.Backend.Plugin is not null)
        {
            step.Do(new TellOmniviewAgain());
        }
    }

    /// <summary>
    /// A plugin that has answered takes over from the one in service; false when nobody wants it any more.
    /// </summary>
    public static bool TakeService(Step step, PluginStarted started)
    {
        var (state, backend) = (step.State, step.Backend);
        var isExpected = backend.Start?.Number == started.Start;
        if (!isExpected || !state.WantsBackend)
        {
            var start = isExpected ? null : backend.Start;
            step.Backend = backend with { Start = start, Leaving = backend.Leaving.Add(started.Start) };
            step.Do(new StopPlugin(started.Start, IsReplaced: false));
            if (isExpected && step.Backend.Turn is { Phase: Starting or Returning })
            {
                KeepOldProgram(step);
                TurnEnd.Superseded(step);
            }

            return false;
        }

        var old = backend.Plugin;
        step.Backend = backend with
        {
            Plugin = new RunningPlugin(
                started.Start,
                started.Pid,
                started.Address,
                started.StartedAt,
                started.Health,
                backend.Start!.VitePort,
                state.Manifest.Version),
            Start = null,
            IsKept = false,
            Pause = 0,
            Crashes = backend.Crashes.Works(step.Now),
            Ends = backend.Ends.Works(step.Now),
            Leaving = old is null ? backend.Leaving : backend.Leaving.Add(old.Number),
        };
        if (old is not null)
        {
            step.Do(new StopPlugin(old.Number, IsReplaced: true));
        }

        EndReturn(step);
        return true;
    }

    public static void Advance(Step step)
    {
        if (!step.State.WantsBackend)
        {
            CancelStart(step);
            Retire(step, isKept: false);
            step.Backend = step.Backend with { IsKept = false, Pause = 0, WatchPause = 0 };
            return;
        }

        var backend = step.Backend;
        var isFree = backend is { Plugin: null, Start: null, Pause: 0, Leaving.IsEmpty: true };
        if (backend.IsKept && isFree && backend.Turn?.Phase is null or Settling or Building or Returning or Following)
        {
            Start(step, isReturn: true);
        }
    }

    private static void TakeStartEnd(Step step, PluginStart start, StartFailure? failure)
    {
        step.Backend = step.Backend with { Start = null };
        if (start.IsReturn)
        {
            if (failure is not null)
            {
                var text = $"The plugin that ran before could not be started again: {failure.Problem.Message}";
                step.Backend = step.Backend with { IsKept = false, Failure = failure.StaleReason };
                step.State = step.State.With(ProblemSource.Plugin, [failure.Problem]);
                step.Error(text);
            }

            EndReturn(step);
            return;
        }

        step.Do(new TellReload(DevEvents.ReloadError, failure?.Problem.Message ?? TurnEnd.NewerChange));
        KeepOldProgram(step);
        if (failure is null)
        {
            TurnEnd.Superseded(step);
        }
        else if (step.Backend is { Plugin: null, IsKept: true })
        {
            step.Backend = step.Backend with
            {
                Turn = step.Backend.Turn! with { Phase = Returning, Failure = failure },
            };
        }
        else
        {
            TurnEnd.Failed(step, failure);
        }
    }

    /// <summary>It is clear now what runs in the place of a program that could not be started.</summary>
    private static void EndReturn(Step step)
    {
        if (step.Backend.Turn is { Phase: Returning, Failure: { } failure })
        {
            TurnEnd.Failed(step, failure);
        }
    }

    /// <summary>
    /// Exit code 0 is what a client's Close() leads to (go-plugin, GRPCController.Shutdown): nothing is wrong then.
    /// </summary>
    private static void TakeExit(Step step, int exitCode)
    {
        var isClosed = exitCode == 0;
        var (then, pause) = (isClosed ? step.Backend.Ends : step.Backend.Crashes).Next(step.Now);
        step.Backend = isClosed ? step.Backend with { Ends = then } : step.Backend with { Crashes = then };
        var next = pause is null ? "It is not started again: it ended too often. The next save starts it."
            : pause == TimeSpan.Zero ? "It is started again."
            : $"It is started again in {Duration.Text(pause.Value)}.";
        Retire(step, isKept: isClosed && pause is not null);
        if (step.Backend.IsKept)
        {
            step.Info($"The plugin has ended with exit code 0, as it does when a client closes it. {next}");
        }
        else
        {
            var problem = Diagnostic.Error(
                DiagnosticCodes.PluginDidNotStart,
                $"The plugin ended by itself with exit code {exitCode}. Its last words are in the log under [plugin].");
            step.State = step.State.With(ProblemSource.Plugin, [problem]);
            step.Backend = step.Backend with { Failure = "the plugin has ended" };
            step.Error($"{problem.Message} {next}");
        }

        step.Backend = step.Backend with { Pause = step.Pause(pause) };
    }

    /// <summary>A plugin that hangs is said to; it is not ended for that.</summary>
    private static void TakeHealth(Step step, RunningPlugin plugin, PluginHealth health)
    {
        step.Backend = step.Backend with { Plugin = plugin with { Health = health } };
        var (level, text) = health is PluginHealth.Serving or PluginHealth.NotOffered
            ? ("info", "The plugin answers again.")
            : ("warn", "The plugin does not answer its health check any more.");
        step.Do(new Say(LogSource.Manager, level, text));
    }
}
