using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.TypeScript;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// Vite: started, found ready, and started again with growing pauses when it dies, or at the next save.
/// </summary>
internal static class UiRules
{
    private static readonly TimeSpan AfterSave = TimeSpan.FromSeconds(1); // at least, should Vite write the file itself

    public static void Take(Step step, PluginMessage message)
    {
        if (step.State.Ui is not { } ui)
        {
            return;
        }

        switch (message)
        {
            case VitePortTaken taken when taken.Vite == ui.Vite:
                step.Ui = ui with { Port = taken.Port };
                Pending.Note(step); // the plugin was told another one
                break;
            case ViteServes serves when serves.Vite == ui.Vite && !ui.IsEnding:
                if (ui.IsSaved)
                {
                    step.Do(new LookAtUi(ui.Vite)); // it may have read the file before
                }

                step.Ui = ui with
                {
                    IsServing = true,
                    IsSaved = false,
                    ToldPort = ui.Port,
                    BackOff = ui.BackOff.Works(step.Now),
                    Server = serves.Warnings,
                    Configuration = [],
                    Modules = [],
                };
                break;
            case UiProblemsFound found when found.Vite == ui.Vite && ui.IsServing:
                step.Ui = WithProblems(ui, found.Part, found.Problems);
                break;
            case ViteEnded ended when ended.Vite == ui.Vite:
                TakeEnd(step, ui with { Vite = 0, IsServing = false, IsEnding = false }, ended);
                break;
            case UiSaved when ui.Vite == 0:
                Try(step);
                break;
            case UiSaved when !ui.IsServing:
                step.Ui = ui with { IsSaved = true };
                break;
            default:
                break; // of a Vite that has ended
        }
    }

    /// <summary>Somebody asks for it anew: it is started if it does not run, or not well, and else looked at.</summary>
    public static void Retry(Step step)
    {
        if (step.State.Ui is not { } ui)
        {
            return;
        }

        if (ui.Vite == 0)
        {
            Try(step);
        }
        else if (ui is { IsServing: true, Server.Count: > 0 })
        {
            End(step);
        }
        else if (ui.IsServing)
        {
            step.Do(new LookAtUi(ui.Vite));
        }
    }

    /// <summary>Ends the Vite that runs; another begins unless none is wanted.</summary>
    public static void End(Step step)
    {
        if (step.State.Ui is { Vite: not 0, IsEnding: false } ui)
        {
            step.Ui = ui with { IsEnding = true };
            step.Do(new StopVite(ui.Vite));
        }
    }

    /// <summary>Whatever failed before may be mended: no pause is waited for.</summary>
    public static void Try(Step step)
    {
        if (step.State.Ui is { } ui)
        {
            step.Ui = ui with { IsWaiting = false, Pause = 0, BackOff = new BackOff() };
        }
    }

    public static void Advance(Step step)
    {
        if (step.State.WantsUi && step.State.Ui is null)
        {
            step.State = step.State with { Ui = new Ui { ToldPort = step.Backend.Plugin is null ? null : 0 } };
        }

        if (step.State.WantsUi && step.Ui is { Vite: 0, IsWaiting: false } ui)
        {
            step.Ui = ui with { Vite = step.NewNumber(), IsSaved = false };
            step.Do(new StartVite(step.Ui.Vite, step.State.Settings, ui.Port));
        }
        else if (!step.State.WantsUi && step.State.Ui is not null)
        {
            End(step);
            step.Ui = step.Ui with { Pause = 0 };
            if (!step.State.HasUi && step.Ui.Vite == 0)
            {
                step.State = step.State with { Ui = null };
                step.Do(new ReleaseUi());
                Pending.Note(step); // the plugin was told the port
            }
        }

        ShowProblems(step);
    }

    private static void TakeEnd(Step step, Ui ui, ViteEnded ended)
    {
        step.Ui = ui;
        switch (ended.End)
        {
            case ViteEnd.Told:
                Try(step);
                break;
            case ViteEnd.PortTaken:
                var text = string.Create(
                    CultureInfo.InvariantCulture, $"Port {ui.Port} was taken by another program meanwhile; trying " +
                        $"the next.");
                step.Do(new Say(LogSource.Vite, "warn", text));
                step.Ui = ui with { Port = 0 };
                break;
            default:
                Fail(step, ui, ended.Problems);
                break;
        }
    }

    private static void Fail(Step step, Ui ui, IReadOnlyList<Diagnostic> problems)
    {
        var (then, pause) = ui.BackOff.Next(step.Now);
        pause = ui.IsSaved ? AfterSave : pause;
        step.Do(new Say(
            LogSource.Vite, "error", problems.Count > 0 ? problems[0].Message : "Vite could not be started."));
        step.Ui = ui with
        {
            Server = problems,
            Configuration = [],
            Modules = [],
            ToldPort = 0,
            BackOff = then,
            IsWaiting = pause != TimeSpan.Zero,
            Pause = step.Pause(pause),
        };
        if (pause is null)
        {
            const string Text =
                "Vite is not started again by itself: it failed too often. It is when a file of the UI is saved, or " +
                "at a rebuild.";
            step.Do(new Say(LogSource.Vite, "error", Text));
        }
    }

    private static Ui WithProblems(Ui ui, UiPart part, IReadOnlyList<Diagnostic> problems)
    {
        ui = part switch
        {
            UiPart.Server => ui with { Server = problems },
            UiPart.Configuration => ui with { Configuration = problems },
            UiPart.Modules => ui with { Modules = problems },
            _ => ui with { Types = problems },
        };
        // what Vite says too is mended when Vite says so
        return ui with { Types = [.. UiTypes.Without(ui.Modules, ui.Types)] };
    }

    private static void ShowProblems(Step step)
    {
        IReadOnlyList<Diagnostic> problems = step.State.Ui is { } ui && step.State.HasUi
            ? [.. ui.Server, .. ui.Configuration, .. ui.Modules, .. ui.Types]
            : [];
        if (!problems.SequenceEqual(step.State.Problems.GetValueOrDefault(ProblemSource.Ui, [])))
        {
            step.State = step.State.With(ProblemSource.Ui, problems);
        }
    }
}
