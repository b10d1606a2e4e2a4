using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using static Omniview.Plugin.DevServer.StateMachine.TurnPhase;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>How a turn of the loop ends.</summary>
internal static class TurnEnd
{
    public const string NewerChange = "A newer change came before the plugin was ready.";

    /// <summary>
    /// The plugin that runs is what was built. Nobody waits any more, so go is asked what it is made of.
    /// </summary>
    public static void Ready(Step step, string result, string text)
    {
        step.State = step.State.With(ProblemSource.Plugin, []);
        step.Backend = step.Backend with { Failure = null, IsStale = false };
        step.Info(text);
        Record(step, result, error: "");
        var turn = step.Backend.Turn!;
        if (turn is { IsIncremental: false, IsSuperseded: false })
        {
            step.Backend = step.Backend with { Turn = turn with { Phase = Following } };
            step.Do(new FollowSources(turn.Number, turn.Built!, turn.Begun.Clock));
            return;
        }

        Distrust(step, turn);
        Finish(step);
    }

    /// <summary>The program was not made, or does not run.</summary>
    public static void Failed(Step step, StartFailure failure)
    {
        step.State = step.State.With(ProblemSource.Plugin, [failure.Problem]);
        Failed(step, failure.Problem.Message, failure.StaleReason);
    }

    /// <param name="step">The turn.</param>
    /// <param name="problems">Why; they are shown already.</param>
    /// <param name="reason">Half a sentence.</param>
    public static void Failed(Step step, IReadOnlyList<Diagnostic> problems, string reason) =>
        Failed(
            step,
            problems.FirstOrDefault(problem => problem.Severity == DiagnosticSeverity.Error)?.Message
                ?? "go build failed",
            reason);

    private static void Failed(Step step, string error, string reason)
    {
        var (state, turn) = (step.State, step.Backend.Turn!);
        var consequence = step.Backend.Plugin is null && !step.Backend.IsKept ? "no plugin is running"
            : string.Create(CultureInfo.InvariantCulture, $"generation {state.Generation} keeps running");
        step.Backend = step.Backend with { Failure = reason, IsStale = !turn.IsSame };
        step.Error(reason == StaleReason.Build && turn.Times.BuildMs is not null
            ? $"build failed after {Duration.Text(turn.BuildTime)}; {consequence}"
            : $"{reason}; {consequence}"); // what it was is a problem, and is told as one
        Record(step, "failed", error);
        Distrust(step, turn);
        Finish(step);
    }

    /// <summary>A newer turn takes its place, or the plugin is to stop.</summary>
    public static void Superseded(Step step)
    {
        Record(step, step.State.WantsBackend ? "superseded" : "stopped", error: "");
        Distrust(step, step.Backend.Turn!);
        Finish(step);
        if (step.Backend.Changes is null)
        {
            Pending.Note(step); // what was saved is not built yet
        }
    }

    /// <summary>
    /// No backend is wanted: what the turn waits for is told to end, and a turn that waits for nothing ends here.
    /// </summary>
    public static void GiveUp(Step step)
    {
        Pending.Supersede(step, always: true);
        var backend = step.Backend;
        if (backend.Turn?.Phase == MakingRoom)
        {
            PluginRules.KeepOldProgram(step);
        }

        if (backend is { Turn.Phase: Settling or WaitingForRoom or MakingRoom }
            or { Turn.Phase: Returning, Start: null })
        {
            Superseded(step);
        }
    }

    public static void Finish(Step step)
    {
        var backend = step.Backend;
        step.Backend = backend with
        {
            Turn = null,
            Superseded = backend.Turn!.IsSuperseded ? backend.Superseded + 1 : 0,
        };
    }

    /// <summary>Nobody has said what the program would be made of.</summary>
    private static void Distrust(Step step, Turn turn)
    {
        if (!turn.IsIncremental)
        {
            step.Do(new TrustNoSource());
        }
    }

    private static void Record(Step step, string result, string error)
    {
        var (state, turn) = (step.State, step.Backend.Turn!);
        var generation = step.Backend.Plugin is null ? 0 : state.Generation;
        step.Do(new RecordTurn(turn.Begun, step.Now, result, generation, turn.Times, error));
    }
}
