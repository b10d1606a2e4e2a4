using System.Globalization;
using System.Threading.Channels;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// A plugin under the dev host, from start to the last child's end: its Vite and its backend loop, as many of them as its
/// manifest asks for at the time.
/// </summary>
internal sealed class PluginInstance : IAsyncDisposable
{
    private const int MostNames = 5;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ProjectWatch _project;
    private readonly Channel<Func<Task>> _changes = Channel.CreateUnbounded<Func<Task>>();
    private readonly PluginContext _context;
    private readonly Lock _lock = new();
    private ViteServer? _vite;
    private InstancePart? _vitePart;
    private volatile BackendLoop? _backend;
    private InstancePart? _backendPart;
    private Task _running = Task.CompletedTask;
    private Task? _restart;
    private Task? _stop;

    /// <summary>Prepares everything that can fail at once; nothing runs yet.</summary>
    /// <exception cref="DiagnosticException">OVP3005: no port for Vite.</exception>
    public PluginInstance(DevSettings settings, PluginManifest manifest, string stateDirectory, PortAllocator ports, SocketFolders sockets, Rhythm rhythm, EventHub hub)
    {
        Files = new SourceFiles(settings.ProjectDirectory);
        Board = new PluginBoard(hub, new DevServerState { PluginId = manifest.Id, Mode = "managed", DevPath = settings.ProjectDirectory }, files: Files);
        _context = new PluginContext(settings, manifest, stateDirectory, Board, ports, sockets, rhythm, Files);
        _project = new ProjectWatch(settings.ProjectDirectory, why => Enqueue(() => ProjectGone(why)), () => Enqueue(ProjectBackAsync), () => Enqueue(FollowManifestAsync));
        if (WantsUi)
        {
            AddVite();
            _vite!.TakePort();
        }

        if (manifest.HasBackend)
        {
            AddBackend();
        }
    }

    public string PluginId => _context.Manifest.Id;

    public DevSettings Settings => _context.Settings;

    public PluginBoard Board { get; }

    /// <summary>What may be shown and opened of its sources.</summary>
    public SourceFiles Files { get; }

    /// <summary>What its children take of the machine just now.</summary>
    public IReadOnlyList<PartUsage> Usage => _context.Processes.Read();

    public LeaseBook Leases { get; } = new();

    public BuildHistory Builds => _context.Builds;

    private bool WantsUi => _context.Manifest.HasUi && Settings.Ui.Enabled;

    /// <summary>Starts Vite and the first build side by side and returns at once.</summary>
    public void Start() => _running = Task.Run(SuperviseAsync);

    /// <summary>Somebody opens it with another environment: who comes last means what he sees in his terminal, so all is started with that one.</summary>
    public void TakeEnvironment(DevSettings settings)
    {
        if (settings.Environment is not { } wanted || SessionEnvironment.Differences(Settings.Environment ?? SessionEnvironment.OfThisProcess(), wanted) is not { Count: > 0 } names)
        {
            return;
        }

        _context.UseEnvironment(settings);
        var more = names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "";
        Board.Info(LogSource.Manager, $"opened from an environment that differs in {string.Join(", ", names.Take(MostNames))}{more}: all is started with that one");
        Board.Update(state => _backend is null ? state : state with { GoStatus = ProcessStatus.Building }); // at once: who opened it waits for the end of it
        _ = RestartAsync();
    }

    /// <summary>Builds again even if nothing changed, and looks at the UI again.</summary>
    public void Rebuild()
    {
        _vite?.Again();
        RequestRebuild();
    }

    /// <summary>Builds the backend again even if nothing changed; nothing to do without one.</summary>
    private void RequestRebuild()
    {
        if (_backend is { } backend)
        {
            Board.Update(state => state with { GoStatus = ProcessStatus.Building }); // at once: who asked waits for the end of it
            backend.RequestRebuild();
        }
    }

    /// <summary>Ends Vite and plugin and starts both again; returns when the old ones are gone. Several at once are one.</summary>
    public async Task RestartAsync()
    {
        Task restart;
        lock (_lock)
        {
            restart = _restart ??= Enqueue(() =>
            {
                lock (_lock)
                {
                    _restart = null; // one that is asked for from here on is another
                }

                return RestartPartsAsync();
            });
        }

        await Task.WhenAny(restart, _running).ConfigureAwait(false); // a stop may come before it
    }

    /// <inheritdoc cref="PluginContext.IsOwn"/>
    public bool IsOwn(int pid) => _context.IsOwn(pid);

    /// <inheritdoc cref="DevInfoKeeper.PutBack"/>
    public void PutBackDevInfo() => _context.DevInfo.PutBack();

    /// <summary>To be called now and then: whether the project is there, its manifest the same, and its sources still watched.</summary>
    public void LookAtProject()
    {
        _project.Look();
        _backend?.LookAgain();
    }

    /// <summary>Ends every child; the last status is <c>stopped</c>. Idempotent.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            return _stop ??= Task.Run(StopOnceAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Board.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Runs the parts, and changes what there is of them one change after the other.</summary>
    private async Task SuperviseAsync()
    {
        _vitePart?.Start();
        _backendPart?.Start();
        var stopping = _stopping.Token;
        try
        {
            await foreach (var change in _changes.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
            {
                stopping.ThrowIfCancellationRequested(); // ReadAllAsync looks only when it has nothing to give
                await change().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // asked to stop
        }

        await StopPartsAsync().ConfigureAwait(false);
    }

    private async Task StopOnceAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _vite?.Dispose();
        Board.Close(state => state with
        {
            Mode = "idle",
            ViteStatus = _vite is null ? ProcessStatus.Idle : ProcessStatus.Stopped,
            GoStatus = _backend is null ? ProcessStatus.Idle : ProcessStatus.Stopped,
            GrpcConnected = false,
            PluginPid = 0,
            PluginHealth = "",
            StaleReason = "",
        });
    }

    private Task Enqueue(Func<Task> change)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _changes.Writer.TryWrite(async () =>
        {
            try
            {
                await change().ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e);
            }

            done.SetResult();
        });
        return done.Task;
    }

    private Task StopPartsAsync() => Task.WhenAll(_vitePart?.StopAsync() ?? Task.CompletedTask, _backendPart?.StopAsync() ?? Task.CompletedTask);

    private async Task RestartPartsAsync()
    {
        Board.Info(LogSource.Manager, "restarting");
        await StopPartsAsync().ConfigureAwait(false);
        Board.Update(state => state with
        {
            ViteStatus = _vite is null ? state.ViteStatus : ProcessStatus.Starting,
            GoStatus = _backend is null ? state.GoStatus : ProcessStatus.Building,
        });
        if (_vite is not null)
        {
            _context.DevInfo.ExpectUi();
        }

        _vitePart?.Start();
        _backendPart?.Start();
    }

    private Task ProjectGone(string why)
    {
        _context.IsProjectGone = true;
        var problem = Diagnostic.Error(
            DiagnosticCodes.ProjectGone,
            $"The project's folder {Settings.ProjectDirectory} can't be read: {why}. What runs keeps running; put the folder back, or stop the dev server.");
        Board.SetProblems(ProblemSource.Project, [problem], ProblemSource.Manifest, ProblemSource.Go, ProblemSource.Plugin); // those were of files that are not there
        Board.Fail(LogSource.Manager, "The project's folder is gone.");
        Board.Update(state => _backend is null ? state : state with { GoStatus = ProcessStatus.Error, StaleReason = state.PluginPid > 0 ? "the project's folder can't be read" : "" });
        return Task.CompletedTask;
    }

    private async Task ProjectBackAsync()
    {
        _context.IsProjectGone = false;
        Board.SetProblems(ProblemSource.Project, []);
        Board.Info(LogSource.Manager, "The project's folder is back.");
        await FollowManifestAsync().ConfigureAwait(false);
        _backend?.Rewatch();
        RequestRebuild();
        if (_vitePart is { } vite)
        {
            await vite.StopAsync().ConfigureAwait(false); // what it watched may be another folder by now
            vite.Start();
        }
    }

    /// <summary>A capability that came or went is a part that comes or goes.</summary>
    private async Task FollowManifestAsync()
    {
        if (_context.IsProjectGone || ManifestCheck.Read(_context) is not { } manifest)
        {
            return; // the backend's loop makes the state of it, if there is one
        }

        _context.Manifest = manifest;
        if (WantsUi && _vite is null)
        {
            Board.Info(LogSource.Manager, "plugin.yaml has a UI now: Vite is started.");
            AddVite();
            _vitePart!.Start();
        }
        else if (!WantsUi && _vite is { } vite)
        {
            Board.Info(LogSource.Manager, "plugin.yaml has no UI any more: Vite is stopped.");
            await _vitePart!.StopAsync().ConfigureAwait(false);
            vite.Dispose();
            (_vite, _vitePart) = (null, null);
            _context.DevInfo.TellUi(0);
            Board.SetProblems(ProblemSource.Ui, []);
            Board.Update(state => state with { VitePort = 0, ViteStatus = ProcessStatus.Idle, ViteError = "" });
            RequestRebuild(); // the plugin was told the port
        }

        if (manifest.HasBackend && _backend is null)
        {
            Board.Info(LogSource.Manager, "plugin.yaml has a backend now: it is built.");
            AddBackend();
            _backendPart!.Start();
        }
        else if (!manifest.HasBackend && _backend is not null)
        {
            Board.Info(LogSource.Manager, "plugin.yaml has no backend any more: the plugin is stopped.");
            await _backendPart!.StopAsync().ConfigureAwait(false);
            (_backend, _backendPart) = (null, null);
            Board.SetProblems(ProblemSource.Go, []);
            Board.SetProblems(ProblemSource.Plugin, []);
            Board.Update(state => state with { GoStatus = ProcessStatus.Idle, StaleReason = "" });
        }
    }

    private void AddVite()
    {
        _vite = new ViteServer(_context, RequestRebuild);
        _vitePart = new InstancePart(_vite.RunAsync, Failed);
        _context.DevInfo.ExpectUi();
        Board.Update(state => state with { ViteStatus = ProcessStatus.Starting });
    }

    private void AddBackend()
    {
        _backend = new BackendLoop(_context);
        _backendPart = new InstancePart(_backend.RunAsync, Failed);
        Board.Update(state => state with { GoStatus = ProcessStatus.Building });
    }

    private void Failed(Exception e)
    {
        Board.Fail(LogSource.Manager, $"The dev loop of {PluginId} ended unexpectedly: {e}");
        Board.Update(state => state with { GoStatus = ProcessStatus.Error });
    }
}
