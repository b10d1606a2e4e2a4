using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Running;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Begins what the machine says is to be done, and posts what comes of it. Nothing here decides anything.
/// </summary>
internal sealed class EffectRunner
{
    private readonly PluginContext _context;
    private readonly Action<PluginMessage> _post;
    private readonly BuildHistory _builds;
    private readonly IncrementalBuild _incremental;
    private readonly BuildRun _build;
    private readonly SourceFollower _sources;
    private readonly InstalledProgram _program;
    private readonly PluginRunner _plugins;
    private readonly OwnedTasks _tasks = new();
    private readonly OwnedTasks _pauses = new();
    private int _watch;

    public EffectRunner(PluginContext context, BuildHistory builds, Action<PluginMessage> post)
    {
        (_context, _builds, _post) = (context, builds, post);
        DevInfo = new DevInfoKeeper(context.Installed, context.Board);
        Vite = new ViteRunner(context, post);
        _incremental = new IncrementalBuild(context);
        _build = new BuildRun(context, _incremental);
        _sources = new SourceFollower(
            context, _incremental, TellSaved, problems => post(new ProblemsFound(ProblemSource.Watching, problems)));
        _program = new InstalledProgram(context);
        _plugins = new PluginRunner(context, _program, DevInfo, post);
    }

    public DevInfoKeeper DevInfo { get; }

    public ViteRunner Vite { get; }

    /// <inheritdoc cref="SourceFollower.LookAgain"/>
    public void LookAgain() => _sources.LookAgain();

    public void CarryOut(PluginEffect effect)
    {
        switch (effect)
        {
            case Say say:
                _context.Board.Log(say.Source, say.Level, say.Text);
                break;
            case TellReload reload:
                _context.Board.TellReload(reload.Event, reload.Error);
                break;
            case RecordTurn turn:
                _builds.Add(turn);
                break;
            case StartPause pause:
                _pauses.Start(pause.Pause, cancellation => PauseAsync(pause, cancellation));
                break;
            case WatchSources or StartBuild or CancelBuild or FollowSources or CancelFollow or TrustNoSource
                or ReleaseBackend:
                CarryOutBuild(effect);
                break;
            case StartVite start:
                Vite.Start(start);
                break;
            case StopVite stop:
                Vite.Stop(stop.Vite);
                break;
            case LookAtUi:
                Vite.LookAgain();
                break;
            case ReleaseUi:
                Vite.Release();
                break;
            default:
                CarryOutSwap(effect);
                break;
        }
    }

    /// <summary>Returns when nothing of it goes on any more.</summary>
    public async Task EndAsync()
    {
        await _pauses.EndAsync();
        await _tasks.EndAsync();
        await _plugins.EndAsync();
        Vite.Release();
        await Vite.EndAsync();
        _incremental.Forget();
    }

    private void CarryOutBuild(PluginEffect effect)
    {
        switch (effect)
        {
            case WatchSources watch:
                _tasks.Cancel(_watch);
                _watch = watch.Watch;
                _incremental.IsAllowed = watch.Settings.Go.Incremental;
                _tasks.Start(_watch, cancellation => WatchAsync(watch, cancellation));
                break;
            case StartBuild build:
                _tasks.Start(build.Turn, cancellation => BuildAsync(build, cancellation));
                break;
            case FollowSources follow:
                _tasks.Start(follow.Turn, cancellation => FollowAsync(follow, cancellation));
                break;
            case CancelBuild cancel:
                _tasks.Cancel(cancel.Turn);
                break;
            case CancelFollow cancel:
                _tasks.Cancel(cancel.Turn);
                break;
            case TrustNoSource:
                _sources.ForgetSources();
                break;
            default:
                _tasks.Cancel(_watch);
                _plugins.Release();
                _incremental.Forget();
                break;
        }
    }

    private void CarryOutSwap(PluginEffect effect)
    {
        switch (effect)
        {
            case InstallProgram install:
                _plugins.Install(install);
                break;
            case RestoreProgram:
                _program.Restore();
                break;
            case DiscardBackup:
                _program.Discard();
                break;
            case StartPlugin start:
                _plugins.Start(start);
                break;
            case CancelStart cancel:
                _plugins.CancelStart(cancel.Start);
                break;
            case StopPlugin stop:
                _plugins.Stop(stop.Start, stop.IsReplaced);
                break;
            case TellOmniview tell:
                DevInfo.Tell(tell.Told);
                break;
            case TellOmniviewAgain:
                DevInfo.Reassert();
                break;
            case HideFromOmniview:
                DevInfo.Withdraw();
                break;
            case Finish:
                break; // the mailbox sees it
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect.GetType().Name);
        }
    }

    private async Task PauseAsync(StartPause pause, CancellationToken cancellation)
    {
        await Task.Delay(pause.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _post(new PauseOver(pause.Pause));
    }

    private async Task WatchAsync(WatchSources watch, CancellationToken cancellation)
    {
        try
        {
            await _sources.RunAsync(watch.Settings, () => _post(new SourcesWatched(watch.Watch)), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // another watch takes its place, or none is wanted
        }
        catch (Exception e)
        {
            _post(new WatchFailed(watch.Watch, e.Message));
        }
    }

    private async Task BuildAsync(StartBuild build, CancellationToken cancellation)
    {
        _sources.BuildBegins();
        var outcome = await _build.RunAsync(build.Settings, cancellation); // never throws
        _sources.BuildEnds();
        _post(new BuildEnded(build.Turn, outcome));
    }

    private async Task FollowAsync(FollowSources follow, CancellationToken cancellation)
    {
        try
        {
            await _sources.FollowAsync(follow.Request, follow.Begun, cancellation);
        }
        catch (OperationCanceledException)
        {
            // the next change, whose turn ends with asking again; or the end
        }
        catch (Exception e)
        {
            _context.Board.Log(LogSource.GoWatch, "debug", $"go could not be asked what the program is made of: {e}");
            _sources.ForgetSources();
        }
        finally
        {
            _post(new Followed(follow.Turn));
        }
    }

    private void TellSaved(string path, bool isUnfinished)
    {
        var late = (DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).TotalMilliseconds;
        _post(new Saved(isUnfinished, late is >= 0 and < 10_000 ? late : null));
    }
}
