using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// The project's folder and its plugin.yaml: a capability that came or went is a half that comes or goes.
/// </summary>
internal static class ProjectRules
{
    // in which it is noticed that a folder has gone
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(2);

    public static void Take(Step step, PluginMessage message)
    {
        switch (message)
        {
            case ProjectGone gone:
                TakeGone(step, gone.Why);
                break;
            case ProjectBack back:
                TakeBack(step, back.Manifest);
                break;
            case ManifestChanged changed when !step.State.IsProjectGone:
                Read(step, changed.Manifest);
                break;
            case ProblemsFound found:
                step.State = step.State.With(found.Source, found.Problems);
                break;
            case SourcesWatched watched when step.Backend.Watch == watched.Watch:
                step.Backend = step.Backend with { IsWatched = true };
                Pending.Note(step); // a build that begins from here on misses no save
                break;
            case WatchFailed failed when step.Backend.Watch == failed.Watch:
                step.Do(new Say(LogSource.GoWatch, "debug", $"the sources can't be watched: {failed.Why}"));
                step.Backend = step.Backend with { Watch = 0, IsWatched = false, WatchPause = step.Pause(NoticeTime) };
                break;
            default:
                break;
        }
    }

    /// <summary>What a plugin.yaml says when it is of a plugin that runs: its id can't change.</summary>
    /// <param name="id">Of the plugin.</param>
    /// <param name="read">As it was read.</param>
    public static ManifestResult Check(string id, ManifestResult read)
    {
        if (read.Manifest is not { } manifest || manifest.Id == id)
        {
            return read;
        }

        var problem = Diagnostic.Error(
            DiagnosticCodes.PluginIdInUse,
            $"The plugin's id was changed from '{id}' to '{manifest.Id}' while it runs. Stop the dev server and " +
            "start it again.");
        return new ManifestResult(Manifest: null, [.. read.Diagnostics, problem.At(manifest.File)]);
    }

    /// <summary>Takes over what plugin.yaml says, unless it has errors.</summary>
    public static void Read(Step step, ManifestResult? read)
    {
        if (read is null)
        {
            return;
        }

        var (manifest, problems) = Check(step.State.Manifest.Id, read);
        step.State = step.State.With(ProblemSource.Manifest, problems);
        if (manifest is null)
        {
            return;
        }

        var before = step.State;
        step.State = before with { Manifest = manifest };
        if (before.HasUi != step.State.HasUi)
        {
            step.Info(
                before.HasUi ? "plugin.yaml has no UI any more: Vite is stopped." : "plugin.yaml has a UI now: Vite " +
                    "is started.");
        }

        if (before.Manifest.HasBackend != manifest.HasBackend)
        {
            step.Info(manifest.HasBackend
                ? "plugin.yaml has a backend now: it is built."
                : "plugin.yaml has no backend any more: the plugin is stopped.");
        }

        if (manifest.HasBackend && !before.Manifest.HasBackend && step.Backend.IsWatched)
        {
            Pending.Note(step); // it came back before all of it had ended, and what was known of it is forgotten
        }
        else if (!manifest.HasBackend)
        {
            step.State = step.State.With(ProblemSource.Go, []).With(ProblemSource.Plugin, []);
            step.Backend = step.Backend with { Failure = null, IsStale = false };
        }
    }

    /// <summary>By now it is known whether the folder is there at all.</summary>
    public static void WatchAgain(Step step)
    {
        step.Backend = step.Backend with { WatchPause = 0 };
        if (!step.State.IsProjectGone)
        {
            step.Do(new Say(
                LogSource.GoWatch, "warn", "The sources were not watched for a moment; they are again, and are " +
                    "built anew."));
            Watch(step);
        }
    }

    /// <summary>What is saved from the moment on that it is said to watch is told.</summary>
    public static void Watch(Step step)
    {
        step.Backend = step.Backend with { Watch = step.NewNumber(), IsWatched = false, WatchPause = 0 };
        step.Do(new WatchSources(step.Backend.Watch, step.State.Settings));
    }

    private static void TakeGone(Step step, string why)
    {
        var problem = Diagnostic.Error(
            DiagnosticCodes.ProjectGone,
            $"The project's folder {step.State.Settings.ProjectDirectory} can't be read: {why}. "
            + "What runs keeps running; put the folder back, or stop the dev server.");
        step.State = (step.State with { IsProjectGone = true })
            .With(ProblemSource.Project, [problem])
            .With(ProblemSource.Manifest, []) // these were of files that are not there
            .With(ProblemSource.Go, [])
            .With(ProblemSource.Plugin, []);
        step.Error("The project's folder is gone.");
    }

    private static void TakeBack(Step step, ManifestResult manifest)
    {
        step.State = (step.State with { IsProjectGone = false }).With(ProblemSource.Project, []);
        step.Info("The project's folder is back.");
        Read(step, manifest);
        if (step.State.WantsBackend && step.Backend.IsPrepared)
        {
            Watch(step); // what was watched may be another folder by now
        }

        UiRules.Try(step);
        UiRules.End(step);
    }
}
