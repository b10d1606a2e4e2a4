using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>A plugin under the dev host: its Vite and its backend loop, from start to the last child's end.</summary>
internal sealed class PluginInstance : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PluginContext _context;
    private readonly BackendLoop? _backend;
    private readonly ViteServer? _vite;
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _stop;

    /// <summary>Prepares everything that can fail at once; nothing runs yet.</summary>
    /// <exception cref="DiagnosticException">OVP3005: no port for Vite.</exception>
    public PluginInstance(DevSettings settings, PluginManifest manifest, string stateDirectory, PortAllocator ports, EventHub hub)
    {
        Settings = settings;
        Board = new PluginBoard(hub, new DevServerState { PluginId = manifest.Id, Mode = "managed", DevPath = settings.ProjectDirectory });
        _context = new PluginContext(settings, manifest, stateDirectory, Board, ports);
        if (manifest.HasUi && settings.Ui.Enabled)
        {
            _vite = new ViteServer(_context, RequestRebuild);
            _vite.TakePort();
        }

        if (manifest.HasBackend)
        {
            _backend = new BackendLoop(_context);
            Board.Update(state => state with { GoStatus = ProcessStatus.Building });
        }
    }

    public string PluginId => Board.State.PluginId;

    public DevSettings Settings { get; }

    public PluginBoard Board { get; }

    /// <summary>What its children take of the machine just now.</summary>
    public IReadOnlyList<PartUsage> Usage => _context.Processes.Read();

    public LeaseBook Leases { get; } = new();

    /// <summary>Starts Vite and the first build side by side and returns at once.</summary>
    public void Start() =>
        _running = Task.WhenAll(
            RunPartAsync(_vite is null ? null : _vite.RunAsync),
            RunPartAsync(_backend is null ? null : _backend.RunAsync));

    /// <summary>Builds again even if nothing changed; nothing to do without a backend.</summary>
    public void RequestRebuild()
    {
        if (_backend is not null)
        {
            Board.Update(state => state with { GoStatus = ProcessStatus.Building }); // at once: who asked waits for the end of it
            _backend.RequestRebuild();
        }
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
        _vite?.Dispose();
        _stopping.Dispose();
    }

    private async Task StopOnceAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _vite?.Dispose();
        Board.SetProblems(ProblemSource.Go, []);
        Board.Close(state => state with
        {
            Mode = "idle",
            ViteStatus = _vite is null ? ProcessStatus.Idle : ProcessStatus.Stopped,
            GoStatus = _backend is null ? ProcessStatus.Idle : ProcessStatus.Stopped,
            GrpcConnected = false,
            PluginPid = 0,
            Stale = false,
        });
    }

    private async Task RunPartAsync(Func<CancellationToken, Task>? part)
    {
        try
        {
            if (part is not null)
            {
                await Task.Run(() => part(_stopping.Token)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // asked to stop
        }
        catch (Exception e)
        {
            Board.Fail(LogSource.Manager, $"The dev loop of {PluginId} ended unexpectedly: {e}");
            Board.Update(state => state with { GoStatus = ProcessStatus.Error });
        }
    }
}
