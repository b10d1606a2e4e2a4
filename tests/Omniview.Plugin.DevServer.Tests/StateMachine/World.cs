using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>
/// What there is outside of the machine, made of nothing but numbers: sources, programs, processes, files. It carries
/// out effects in any order and with any result, and lets things happen that nobody asked for.
/// </summary>
internal sealed class World
{
    private readonly List<PendingEffect> _pending = [];
    private readonly Dictionary<int, int> _programs = []; // of plugins and starts, by the number of the start
    private TimeSpan _now = TimeSpan.FromDays(1);
    private int _nextPid = 1000;
    private int _backup;

    public World(bool hasUi)
    {
        State = new PluginState
        {
            Settings = new() { ProjectDirectory = "/p", Ui = new() { Enabled = hasUi } },
            Manifest = Manifests.Of(hasUi, hasBackend: true),
            HostEnvironment = new Dictionary<string, string>(),
            Leases = Leases.None.With(Lease.OfSession("first")),
            Ui = hasUi ? new Ui { Port = 15173 } : null,
        };
    }

    public PluginState State { get; private set; }

    /// <summary>The state before the last message.</summary>
    public PluginState? Before { get; private set; }

    public SourceVersions Sources { get; } = new();

    public int Installed { get; private set; }

    /// <summary>The process that .devinfo names; 0 for none.</summary>
    public int Told { get; private set; }

    public bool IsFinished { get; private set; }

    public bool HasDebugger { get; init; }

    /// <summary>Of which a process may be there: started, running, or being ended.</summary>
    public IReadOnlyCollection<int> Processes => _programs.Keys;

    public IEnumerable<int> Vites =>
        _pending.Where(one => one.Effect is StartVite).Select(one => ((StartVite)one.Effect).Vite);

    public int Builds => _pending.Count(one => one.Effect is StartBuild);

    public int Follows => _pending.Count(one => one.Effect is FollowSources);

    public bool IsBusy => _pending.Count > 0;

    /// <summary>What came of the last message.</summary>
    public IReadOnlyList<PluginEffect> Effects { get; private set; } = [];

    public int? RunningProgram =>
        State.Backend.Plugin is { } plugin && _programs.TryGetValue(plugin.Number, out var program) ? program : null;

    /// <summary>Gets what happens, and what is to be done for it; null for nobody to read it.</summary>
    public List<string>? Trace { get; init; }

    /// <summary>Something happens. Which of all that can, the number chooses.</summary>
    public void Happen(int choice)
    {
        choice &= int.MaxValue;
        _now += TimeSpan.FromMilliseconds(choice % 97);
        if (_pending.Count > 0 && choice % 3 != 0)
        {
            Answer(_pending[choice / 3 % _pending.Count], choice / 7);
        }
        else
        {
            Surprise(choice / 3 % 24, choice / 72);
        }
    }

    /// <summary>Answers all that is under way, for the better, until nothing is.</summary>
    public void ComeToRest(int limit)
    {
        for (var left = limit; left > 0 && _pending.Find(one => !one.IsForEver || one.IsCancelled) is { } next; left--)
        {
            _now += TimeSpan.FromSeconds(1);
            Answer(next, 0);
        }
    }

    public void Send(PluginMessage message)
    {
        Before = State;
        Trace?.Add($"{message.GetType().Name}");
        (State, Effects) = PluginMachine.Next(
            State,
            message with { At = new Moment(_now, DateTimeOffset.UnixEpoch + _now) });
        Trace?.AddRange(
            Effects
                .Where(effect => effect is not (Say or RecordTurn or TellReload))
                .Select(effect => $"    → {effect.GetType().Name}"));
        foreach (var effect in Effects)
        {
            CarryOut(effect);
        }
    }

    private void CarryOut(PluginEffect effect)
    {
        switch (effect)
        {
            case StartBuild build:
                _pending.Add(new PendingEffect(build) { Version = Sources.Saved, IsGood = Sources.AreGood });
                break;
            case StartPlugin start:
                _programs[start.Start] = Installed;
                _pending.Add(new PendingEffect(start));
                break;
            case StopPlugin or InstallProgram or FollowSources or StartVite or StartPause or WatchSources:
                _pending.Add(new PendingEffect(effect));
                break;
            case CancelBuild or CancelStart or CancelFollow or StopVite:
                _pending.FindAll(one => one.IsEndedBy(effect)).ForEach(one => one.IsCancelled = true);
                break;
            case RestoreProgram:
                (Installed, _backup) = (_backup != 0 ? _backup : Installed, 0);
                break;
            case DiscardBackup:
                _backup = 0;
                break;
            case TellOmniview told:
                Told = told.Told.Pid;
                break;
            case HideFromOmniview:
                Told = 0;
                break;
            case ReleaseBackend:
                // a watch that was being begun may still say that it watches
                break;
            case Finish:
                IsFinished = true;
                break;
            default:
                break;
        }
    }

    private void Answer(PendingEffect pending, int choice)
    {
        var isOver = pending.Effect switch
        {
            StartPlugin => pending.IsSpawned || choice % 4 != 3,
            StartVite => pending.IsCancelled || choice % 5 == 1,
            _ => true,
        };
        if (isOver)
        {
            _pending.Remove(pending);
        }

        switch (pending.Effect)
        {
            case StartBuild build:
                AnswerBuild(pending, build, choice);
                break;
            case InstallProgram install when choice % 9 == 8 && Sources.BuiltProgram != Installed:
                _backup = Installed;
                Send(new InstallFailed(install.Turn, Failures.Install));
                break;
            case InstallProgram install:
                _backup = Installed;
                var isChanged = Sources.BuiltProgram != Installed;
                Installed = Sources.BuiltProgram;
                Send(new ProgramInstalled(install.Turn, isChanged, HasDebugger));
                break;
            case StartPlugin start:
                AnswerStart(pending, start, choice);
                break;
            case StopPlugin stop:
                _programs.Remove(stop.Start);
                Send(new PluginGone(stop.Start));
                break;
            case FollowSources follow:
                Send(new Followed(follow.Turn));
                break;
            case StartVite vite:
                Answers.OfVite(pending, vite, choice).ToList().ForEach(Send);
                break;
            case StartPause pause:
                _now += pause.Time;
                Send(new PauseOver(pause.Pause));
                break;
            case WatchSources watch:
                Send(choice % 6 == 5 ? new WatchFailed(watch.Watch, "no watch") : new SourcesWatched(watch.Watch));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(pending));
        }
    }

    private void AnswerBuild(PendingEffect pending, StartBuild build, int choice)
    {
        var outcome = Answers.OfBuild(State, pending, choice, out var isTaken);
        if (isTaken)
        {
            Sources.TakeBuild(pending.Version, pending.IsGood);
        }

        Send(new BuildEnded(build.Turn, outcome));
    }

    private void AnswerStart(PendingEffect pending, StartPlugin start, int choice)
    {
        var message = Answers.OfStart(pending, start, choice, _nextPid + 1);
        if (message is StartEnded)
        {
            _programs.Remove(start.Start);
        }
        else
        {
            _nextPid++;
            pending.IsSpawned |= message is PluginSpawned;
        }

        Send(message);
    }

    private void Surprise(int what, int choice)
    {
        if (what < 8)
        {
            Save(choice);
        }
        else if (Surprises.Choose(State, what, choice) is { } message)
        {
            Send(message);
        }
    }

    private void Save(int choice)
    {
        if (!State.Backend.IsWatched)
        {
            return; // nobody sees it: what is built when it is watched has it
        }

        Sources.Save(isGood: choice % 4 != 3);
        Send(new Saved(IsUnfinished: choice % 5 == 0, DetectMs: 1));
    }
}
