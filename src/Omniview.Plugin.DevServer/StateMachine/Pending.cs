using static Omniview.Plugin.DevServer.StateMachine.TurnPhase;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What is to be built next, and what becomes of the turn that it comes into.</summary>
internal static class Pending
{
    private const int MostSuperseded = 3; // in a row: then one is let through, or there would never be any

    /// <summary>Something is to be built, whether or not it was saved.</summary>
    public static void Note(Step step, bool isBurst = false, double? detectMs = null)
    {
        var (backend, before) = (step.Backend, step.Backend.Changes);
        isBurst |= before?.IsBurst == true || backend.Turn is { Phase: not Following };
        step.Backend = backend with { Changes = new Changes(step.Now, isBurst, before?.DetectMs ?? detectMs) };
    }

    /// <summary>
    /// Somebody asks for a build. What is being built is let through; a start that is waited for is ended.
    /// </summary>
    public static void Ask(Step step)
    {
        if (step.State.WantsBackend)
        {
            Note(step);
            if (step.Backend.Turn is { Phase: Starting })
            {
                Supersede(step, always: true);
            }
        }
    }

    /// <summary>Ends what the turn waits for, unless that was done to too many turns in a row.</summary>
    public static void Supersede(Step step, bool always = false)
    {
        var backend = step.Backend;
        if (backend.Turn is not { IsSuperseded: false, Phase: > Settling } turn
            || (!always && backend.Superseded >= MostSuperseded))
        {
            return;
        }

        step.Backend = backend with { Turn = turn with { IsSuperseded = true } };
        switch (turn.Phase)
        {
            case Building:
                step.Do(new CancelBuild(turn.Number));
                break;
            case Starting:
                PluginRules.CancelStart(step);
                break;
            case Following:
                step.Do(new CancelFollow(turn.Number));
                break;
            default:
                break; // what goes on takes no time worth ending it
        }
    }

    /// <summary>
    /// Builds, or waits until it has been quiet for a moment or the burst has gone on for long enough.
    /// </summary>
    public static void Settle(Step step)
    {
        var (settings, backend, turn) = (step.State.Settings, step.Backend, step.Backend.Turn!);
        var changes = backend.Changes!;
        var spent = step.Now - turn.Begun;
        var quiet = TimeSpan.FromMilliseconds(settings.QuietMilliseconds) - (step.Now - changes.Last);
        var limit = TimeSpan.FromMilliseconds(settings.QuietLimitMilliseconds) - spent;
        if (changes.IsBurst && quiet > TimeSpan.Zero && limit > TimeSpan.Zero)
        {
            step.Do(new StartPause(turn.Number, quiet < limit ? quiet : limit));
            return;
        }

        var times = turn.Times with { DetectMs = changes.DetectMs, SettleMs = spent.TotalMilliseconds };
        step.Backend = backend with { Changes = null, Turn = turn with { Phase = Building, Times = times } };
        step.Do(new StartBuild(turn.Number, settings));
    }
}
