using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.External;
using Omniview.Plugin.DevServer.Running;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>A plugin under the dev host, from its opening to the last child's end.</summary>
internal sealed class PluginInstance : IOwnPlugin, IDisposable
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> HostEnvironment = new(
        SessionEnvironment.OfThisProcess);

    private readonly PluginMailbox _mailbox;
    private readonly EffectRunner _effects;
    private readonly PluginContext _context;
    private readonly ProjectWatch _project;

    /// <summary>Prepares everything that can fail at once; nothing runs yet.</summary>
    /// <param name="settings">Of who opens it.</param>
    /// <param name="manifest">Of its folder, without errors.</param>
    /// <param name="lease">Who opens it.</param>
    /// <param name="host">What all plugins share.</param>
    /// <param name="passed">See <see cref="PluginMailbox"/>.</param>
    /// <exception cref="DiagnosticException">OVP3005: no port for Vite.</exception>
    public PluginInstance(
        DevSettings settings,
        PluginManifest manifest,
        Lease lease,
        HostParts host,
        Action<PluginMessage, PluginState, IReadOnlyList<PluginEffect>>? passed = null)
    {
        PluginId = manifest.Id;
        Files = new SourceFiles(settings.ProjectDirectory);
        Board = new PluginBoard(
            host.Events,
            new DevServerState
            {
                PluginId = manifest.Id,
                Mode = "managed",
                DevPath = settings.ProjectDirectory,
            },
            files: Files);
        var intermediate = settings.IntermediateDirectory ?? Path.Combine(settings.ProjectDirectory, "obj", "omniview");
        _context = new PluginContext(
            manifest.Id,
            host.StateDirectory,
            Board,
            host.Ports,
            host.Sockets,
            host.Timer,
            Files,
            settings.ProjectDirectory,
            intermediate);
        _effects = new EffectRunner(_context, Builds, message => _mailbox!.Post(message));
        var state = new PluginState
        {
            Settings = settings,
            Manifest = manifest,
            HostEnvironment = HostEnvironment.Value,
            Leases = Leases.None.With(lease),
        };
        state = state.HasUi ? state with { Ui = new Ui { Port = _effects.Vite.TakePort(settings) } } : state;
        _mailbox = new PluginMailbox(state, Show, _effects.CarryOut, passed);
        Show(state);
        _project = new ProjectWatch(
            settings.ProjectDirectory,
            why => _mailbox.Post(new ProjectGone(why)),
            () => _mailbox.Post(new ProjectBack(ReadManifest())),
            () => _mailbox.Post(new ManifestChanged(ReadManifest())));
        Ended = Task.CompletedTask;
    }

    public string PluginId { get; }

    public DevSettings Settings => _mailbox.State.Settings;

    /// <summary>As it is now.</summary>
    public PluginState State => _mailbox.State;

    public PluginBoard Board { get; }

    /// <summary>What may be shown and opened of its sources.</summary>
    public SourceFiles Files { get; }

    /// <summary>What its children take of the machine just now.</summary>
    public IReadOnlyList<PartUsage> Usage => _context.Processes.Read();

    public BuildHistory Builds { get; } = new();

    /// <summary>Completes when nothing of it runs any more.</summary>
    public Task Ended { get; private set; }

    /// <summary>Whether it has been told to stop, or nobody holds it any more.</summary>
    public bool IsEnding => _mailbox.State.IsEnding;

    /// <summary>Starts everything, and returns at once.</summary>
    public void Start()
    {
        _mailbox.Post(new Begun());
        Ended = Task.Run(RunAsync);
    }

    /// <summary>Holds it for somebody else too; false when it is too late for that.</summary>
    public async Task<bool> HoldAsync(Lease lease, DevSettings settings) =>
        !(await _mailbox.AskAsync(new LeaseTaken(lease, settings))).IsEnding;

    /// <summary>Lets go of it. True, and it has ended, when nobody holds it any more.</summary>
    public async Task<bool> ReleaseAsync(Lease lease)
    {
        if (!(await _mailbox.AskAsync(new LeaseGivenUp(lease))).IsEnding)
        {
            return false;
        }

        await Ended;
        return true;
    }

    /// <summary>Lets go of it, and waits for nothing.</summary>
    public void LetGo(Lease lease) => _mailbox.Post(new LeaseGivenUp(lease));

    /// <summary>
    /// Builds again even if nothing changed, and looks at the UI again. Returns when the state says so.
    /// </summary>
    public Task RebuildAsync() => _mailbox.AskAsync(new RebuildAsked());

    /// <summary>
    /// Ends Vite and plugin and starts both again; returns when the old ones are gone. Several at once are one.
    /// </summary>
    public async Task RestartAsync()
    {
        await _mailbox.AskAsync(new RestartAsked());
        await UntilAsync(state => state.Life != Life.Restarting);
    }

    /// <inheritdoc cref="PluginMailbox.UntilAsync"/>
    public Task UntilAsync(Func<PluginState, bool> holds) => _mailbox.UntilAsync(holds);

    /// <summary>Ends every child; the last status is <c>stopped</c>. Idempotent.</summary>
    public Task StopAsync()
    {
        _mailbox.Post(new StopAsked());
        return Ended;
    }

    public bool IsOwn(int pid) => _mailbox.State.Owns(pid);

    public void PutBackDevInfo() => _effects.DevInfo.PutBack();

    public void TellConflict(Diagnostic? problem)
    {
        _mailbox.Post(new ProblemsFound(ProblemSource.External, problem is null ? [] : [problem]));
        if (problem is not null)
        {
            Board.Warn(LogSource.Manager, problem.Message);
        }
    }

    /// <summary>
    /// To be called now and then: whether its owners live, its project is there, and its sources are still watched.
    /// </summary>
    public void CheckOwnersAndProject()
    {
        foreach (var owner in _mailbox.State.Leases.Owners.Where(owner => !owner.IsAlive))
        {
            _mailbox.Post(new LeaseGivenUp(Lease.Of(owner)));
        }

        _project.Look();
        _effects.LookAgain();
    }

    public void Dispose() => Board.Dispose();

    private async Task RunAsync()
    {
        await _mailbox.RunAsync();
        await _effects.EndAsync();
        Board.Show(WireState.Of(_mailbox.State), _mailbox.State.Problems);
        Board.Close();
        Dispose();
    }

    /// <summary>The last state is shown when nothing is said any more.</summary>
    private void Show(PluginState state)
    {
        if (state.Life != Life.Stopped)
        {
            Board.Show(WireState.Of(state), state.Problems);
        }
    }

    private ManifestResult ReadManifest() =>
        ProjectRules.Check(PluginId, ManifestReader.Read(_context.ProjectDirectory));
}
