using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// The running plugin of an instance and its replacement: the new one is installed, started and healthy before the old one
/// is asked to go, so there is no moment without a plugin and a bad one never replaces a good one. Under a debugger, whose
/// port only one can have, the old one goes first, and comes back if the new one is bad.
/// </summary>
internal sealed class PluginSwap(PluginContext context, Action wake) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(100);

    private readonly BackOff _crashes = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HomeManifest _home = new(context);
    private PluginProcess? _running;
    private PluginDebugger? _debugger;
    private Task _leaving = Task.CompletedTask;
    private int _vitePort;
    private volatile bool _stopping;

    private PluginBoard Board => context.Board;

    /// <summary>Makes the binary the running plugin; false when it is the one that runs already.</summary>
    /// <exception cref="DiagnosticException">The new plugin could not be installed or did not get healthy; the old one runs on.</exception>
    public async Task<bool> ToAsync(string binary, BuildTurn turn, CancellationToken cancellation)
    {
        await _leaving.ConfigureAwait(false); // of three plugins at once, one would be a surprise to the author
        var vitePort = context.VitePort;
        var windows = OperatingSystem.IsWindows();
        var begun = turn.Elapsed;
        var hasLeft = false;
        var backup = BinaryBackup.Take(context.Installed, windows);
        try
        {
            var runsAlready = _running is not null && GoBuildId.IsAllThatDiffers(binary, context.Installed.BinaryFile(windows)); // by go, or without it
            var request = new InstallRequest(context.StateDirectory, context.Manifest.Id, context.Manifest.File) { BinaryFile = runsAlready ? null : binary, WindowsBinary = windows, Durable = false };
            var installed = PluginInstaller.Install(request, cancellation);
            turn.Phases = turn.Phases with { TransferMs = (turn.Elapsed - begun).TotalMilliseconds };
            if (_running is not null && !installed.BinaryChanged && vitePort == _vitePort) // its environment has the port
            {
                return false;
            }

            Board.TellReload(DevEvents.ReloadStart);
            _home.Lay();
            _debugger ??= PluginDebugger.Open(context);
            hasLeft = _debugger is not null && await MakeRoomAsync(_debugger).ConfigureAwait(false);
            var next = await PluginProcess.StartAsync(context, context.Installed.BinaryFile(windows), _debugger, cancellation).ConfigureAwait(false);
            turn.Phases = turn.Phases with { StartMs = next.Times.Start.TotalMilliseconds, HandshakeMs = next.Times.Handshake.TotalMilliseconds, HealthMs = next.Times.Health.TotalMilliseconds };
            Replace(next, vitePort, generations: 1);
            _debugger?.Announce();
            Board.TellReload(DevEvents.ReloadComplete);
            return true;
        }
        catch (Exception e)
        {
            if (e is DiagnosticException { Diagnostic: var problem })
            {
                Board.TellReload(DevEvents.ReloadError, problem.Message);
            }

            if (_running is not null || hasLeft)
            {
                backup.Restore(); // the installed binary is again the one that runs
                context.DevInfo.Reassert(); // a plugin of the plugin-sdk has written its own
            }

            if (hasLeft && !cancellation.IsCancellationRequested)
            {
                await ComeBackAsync(cancellation).ConfigureAwait(false);
            }

            throw;
        }
        finally
        {
            backup.Discard();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _ended.TrySetResult();
        await _leaving.ConfigureAwait(false);
        context.DevInfo.Withdraw();
        if (_running is { } running)
        {
            _running = null;
            await running.DisposeAsync().ConfigureAwait(false);
        }

        _debugger?.Dispose();
        _home.Remove();
        Board.Update(state => state with { PluginPid = 0, PluginHealth = "", GrpcConnected = false });
    }

    private void Replace(PluginProcess next, int vitePort, int generations)
    {
        var old = _running;
        (_running, _vitePort) = (next, vitePort);
        _crashes.Reset();
        context.DevInfo.Tell(next, context.Manifest.Version);
        Board.Update(state => state with { PluginPid = next.Id, PluginHealth = Word(next.Health), GrpcConnected = true, Generation = state.Generation + generations });
        context.StartingPid = 0;
        _ = WatchForEndAsync(next);
        _ = next.LookAfterAsync(context.Rhythm, health => TellHealth(next, health), () => Board.Info(LogSource.Manager, "The plugin stands at a breakpoint, and answers nobody until it goes on."));
        _leaving = old is null ? Task.CompletedTask : LeaveAsync(old);
    }

    /// <summary>Ends the plugin that has the debugger's port; false when there is none.</summary>
    private async Task<bool> MakeRoomAsync(PluginDebugger debugger)
    {
        await _leaving.ConfigureAwait(false);
        var old = _running;
        _running = null;
        if (old is not null)
        {
            context.DevInfo.Withdraw();
            Board.Update(state => state with { PluginPid = 0, PluginHealth = "", GrpcConnected = false });
            await old.DisposeAsync().ConfigureAwait(false);
        }

        await debugger.UnboundAsync().ConfigureAwait(false);
        return old is not null;
    }

    /// <summary>Starts the plugin that had to leave for one that turned out bad. That one's failure is what is told, whatever becomes of this.</summary>
    private async Task ComeBackAsync(CancellationToken cancellation)
    {
        try
        {
            await _debugger!.UnboundAsync().ConfigureAwait(false);
            Replace(await PluginProcess.StartAsync(context, context.Installed.BinaryFile(OperatingSystem.IsWindows()), _debugger, cancellation).ConfigureAwait(false), _vitePort, generations: 0);
        }
        catch (Exception e) when (e is DiagnosticException or OperationCanceledException)
        {
            Board.Warn(LogSource.Manager, $"The plugin before it could not be started again: {e.Message}");
        }
    }

    /// <summary>Whoever read where the old plugin is just before it was replaced gets an answer there all the same.</summary>
    private async Task LeaveAsync(PluginProcess old)
    {
        await Task.WhenAny(Task.Delay(Farewell), _ended.Task).ConfigureAwait(false);
        await old.DisposeAsync().ConfigureAwait(false);
        context.DevInfo.PutBack();
    }

    private static string Word(PluginHealth health) => health switch
    {
        PluginHealth.Serving => "serving",
        PluginHealth.NotOffered => "not offered",
        PluginHealth.NotServing => "not serving",
        _ => "silent",
    };

    /// <summary>A plugin that hangs is said to; it is not ended for that.</summary>
    private void TellHealth(PluginProcess plugin, PluginHealth health)
    {
        if (_running != plugin || _stopping)
        {
            return;
        }

        var connected = health is PluginHealth.Serving or PluginHealth.NotOffered;
        Board.Log(LogSource.Manager, connected ? "info" : "warn", connected ? "The plugin answers again." : "The plugin does not answer its health check any more.");
        Board.Update(state => state.PluginPid == plugin.Id ? state with { PluginHealth = Word(health), GrpcConnected = connected } : state);
    }

    /// <summary>A plugin that ends without being asked is a crash: said at once, and started again after a pause.</summary>
    private async Task WatchForEndAsync(PluginProcess plugin)
    {
        var exitCode = await plugin.Exited.ConfigureAwait(false);
        if (_stopping || _running != plugin)
        {
            return;
        }

        _running = null;
        context.DevInfo.Withdraw();
        var problem = Diagnostic.Error(DiagnosticCodes.PluginDidNotStart, $"The plugin ended by itself with exit code {exitCode}{(exitCode == 0 ? ", as it does when Omniview closes its connection" : "")}. Its last words are in the log under [plugin].");
        Board.SetProblems(ProblemSource.Plugin, [problem]);
        Board.Update(state => state with { PluginPid = 0, PluginHealth = "", GrpcConnected = false, StaleReason = "", GoStatus = ProcessStatus.Error });
        await plugin.DisposeAsync().ConfigureAwait(false);
        if (_crashes.Next() is { } pause)
        {
            Board.Fail(LogSource.Manager, string.Create(CultureInfo.InvariantCulture, $"{problem.Message} It is started again in {pause.TotalSeconds:0} s."));
            await Task.Delay(pause).ConfigureAwait(false);
            if (!_stopping)
            {
                wake();
            }
        }
        else
        {
            Board.Fail(LogSource.Manager, $"{problem.Message} It is not started again: it ended too often. The next save starts it.");
        }
    }
}
