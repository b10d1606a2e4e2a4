using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// The running plugin of an instance and its replacement: the new one is installed, started and healthy before the old one
/// is asked to go, so there is no moment without a plugin and a bad one never replaces a good one. Under a debugger, whose
/// port only one can have, the old one goes first, and comes back if the new one is bad. So does one that a client has closed.
/// </summary>
internal sealed class PluginSwap : IAsyncDisposable
{
    private readonly PluginContext _context;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HomeManifest _home;
    private readonly PluginSeat _seat;
    private readonly PluginEnd _end;
    private CancellationTokenSource _newer = new();
    private PluginDebugger? _debugger;
    private int _vitePort;

    /// <param name="context">The instance.</param>
    /// <param name="wake">Has the plugin built, and started if it does not run.</param>
    public PluginSwap(PluginContext context, Action wake)
    {
        _context = context;
        _home = new HomeManifest(context);
        _seat = new PluginSeat(context, (plugin, exitCode) => _end!.AfterAsync(plugin, exitCode), _stopping.Token);
        _end = new PluginEnd(context, _seat, ComeBackAsync, wake, _stopping.Token);
    }

    private PluginBoard Board => _context.Board;

    /// <summary>Ends the start that is waited for, since a newer build is to come: what ran before runs on.</summary>
    public void EndStart() => _newer.Cancel();

    /// <summary>Makes the binary the running plugin; false when it is the one that runs already.</summary>
    /// <param name="binary">What was built.</param>
    /// <param name="turn">Gets the phases' times.</param>
    /// <param name="superseded">Set when a newer change has made this one pointless: the start that is waited for is ended, and the old plugin runs on.</param>
    /// <exception cref="DiagnosticException">The new plugin could not be installed or did not get healthy; the old one runs on.</exception>
    /// <exception cref="OperationCanceledException">Superseded.</exception>
    public async Task<bool> ToAsync(string binary, BuildTurn turn, CancellationToken superseded)
    {
        var newer = new CancellationTokenSource();
        await Interlocked.Exchange(ref _newer, newer).CancelAsync().ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(superseded, newer.Token);
        await _starting.WaitAsync(ending.Token).ConfigureAwait(false);
        try
        {
            await _seat.Leaving.WaitAsync(ending.Token).ConfigureAwait(false); // of three plugins at once, one would be a surprise to the author
            return await ReplaceAsync(binary, turn, ending.Token).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _starting.WaitAsync().ConfigureAwait(false); // what was being started is gone then, and nothing more is
        await _seat.Leaving.ConfigureAwait(false);
        if (_seat.Vacate(keep: false) is { } running)
        {
            await running.DisposeAsync().ConfigureAwait(false);
        }

        _debugger?.Dispose();
        _home.Remove();
    }

    private async Task<bool> ReplaceAsync(string binary, BuildTurn turn, CancellationToken superseded)
    {
        var vitePort = _context.VitePort;
        var windows = OperatingSystem.IsWindows();
        var begun = turn.Elapsed;
        var isTold = false;
        var (old, hasOwner) = (_seat.Plugin, _seat.HasOwner);
        var backup = BinaryBackup.Take(_context.Installed, windows);
        try
        {
            var runsAlready = old is not null && GoBuildId.IsAllThatDiffers(binary, _context.Installed.BinaryFile(windows)); // by go, or without it
            var request = new InstallRequest(_context.StateDirectory, _context.Manifest.Id, _context.Manifest.File) { BinaryFile = runsAlready ? null : binary, WindowsBinary = windows, Durable = false };
            var installed = PluginInstaller.Install(request, superseded);
            turn.Phases = turn.Phases with { TransferMs = (turn.Elapsed - begun).TotalMilliseconds };
            if (old is not null && !installed.BinaryChanged && vitePort == _vitePort) // its environment has the port
            {
                return false;
            }

            Board.TellReload(DevEvents.ReloadStart);
            isTold = true;
            _home.Lay();
            _debugger ??= PluginDebugger.Open(_context);
            if (_debugger is not null)
            {
                await MakeRoomAsync(_debugger).ConfigureAwait(false);
            }

            var next = await PluginProcess.StartAsync(_context, _context.Installed.BinaryFile(windows), _debugger, superseded).ConfigureAwait(false);
            turn.Phases = turn.Phases with { StartMs = next.Times.Start.TotalMilliseconds, HandshakeMs = next.Times.Handshake.TotalMilliseconds, HealthMs = next.Times.Health.TotalMilliseconds };
            _vitePort = vitePort;
            _end.Reset();
            _seat.Take(next, generations: 1);
            _debugger?.Announce();
            Board.TellReload(DevEvents.ReloadComplete);
            return true;
        }
        catch (Exception e)
        {
            if (isTold || e is DiagnosticException)
            {
                Board.TellReload(DevEvents.ReloadError, (e as DiagnosticException)?.Diagnostic.Message ?? "A newer change came before the plugin was ready.");
            }

            if (hasOwner)
            {
                backup.Restore(); // the installed binary is again the one that runs
                _context.DevInfo.Reassert(); // a plugin of the plugin-sdk has written its own
                await StartKeptAsync(_stopping.Token).ConfigureAwait(false);
            }

            throw;
        }
        finally
        {
            backup.Discard();
        }
    }

    /// <summary>Ends the plugin that has the debugger's port.</summary>
    private async Task MakeRoomAsync(PluginDebugger debugger)
    {
        if (_seat.Vacate(keep: true) is { } old)
        {
            await old.DisposeAsync().ConfigureAwait(false);
        }

        await debugger.UnboundAsync().ConfigureAwait(false);
    }

    /// <summary>Starts the plugin again that has left although nothing is wrong with it. A newer build ends that, and starts its own.</summary>
    private async Task ComeBackAsync(TimeSpan pause)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, _newer.Token);
        await Task.Delay(pause, ending.Token).ConfigureAwait(false);
        await _starting.WaitAsync(ending.Token).ConfigureAwait(false);
        try
        {
            await StartKeptAsync(ending.Token).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartKeptAsync(CancellationToken cancellation)
    {
        if (!_seat.IsKept || cancellation.IsCancellationRequested)
        {
            return;
        }

        var vitePort = _context.VitePort;
        try
        {
            if (_debugger is not null)
            {
                await _debugger.UnboundAsync().ConfigureAwait(false);
            }

            var plugin = await PluginProcess.StartAsync(_context, _context.Installed.BinaryFile(OperatingSystem.IsWindows()), _debugger, cancellation).ConfigureAwait(false);
            _vitePort = vitePort;
            _end.Reset();
            _seat.Take(plugin, generations: 0);
        }
        catch (DiagnosticException e)
        {
            _seat.GiveUp();
            Board.SetProblems(ProblemSource.Plugin, [e.Diagnostic]);
            Board.Fail(LogSource.Manager, $"The plugin that ran before could not be started again: {e.Diagnostic.Message}");
            Board.Update(state => state with { GoStatus = ProcessStatus.Error, StaleReason = "" });
        }
        catch (OperationCanceledException)
        {
            // a newer build, or the end
        }
    }
}
