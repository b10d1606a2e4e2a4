using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Vite;
using Omniview.Plugin.Core.Watching;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Vite for one plugin: dependencies installed, started on a port of its own, found ready only when it answers there, and
/// started again with growing pauses when it dies, or at the next save when something may have been mended.
/// </summary>
/// <param name="context">The plugin.</param>
/// <param name="portMoved">Called when the port is another than the one taken first.</param>
internal sealed class ViteServer(PluginContext context, Action portMoved) : IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnboundLimit = TimeSpan.FromSeconds(5);
    private readonly HashSet<int> _unusable = [];
    private readonly UiState _state = new(context.Board);
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly UiProject _ui = new(Path.Combine(context.Settings.ProjectDirectory, "ui"), context.Settings.ProjectDirectory);
    private readonly PortMemory _lastPort = new(Path.Combine(context.IntermediateDirectory, IntermediateFolder.VitePort));
    private PortLease? _port;
    private volatile UiChecks? _checks;

    private PluginBoard Board => context.Board;

    /// <summary>Takes a port before anything starts, since the plugin is told it too.</summary>
    /// <exception cref="DiagnosticException">OVP3005.</exception>
    public void TakePort()
    {
        var settings = context.Settings.Ui;
        _port = context.Ports.Allocate(new PortRange(settings.PortStart, settings.PortEnd), _lastPort.Port, _unusable);
        Board.Update(state => state with { VitePort = _port.Port, ViteStatus = ProcessStatus.Starting });
    }

    /// <summary>Somebody asks for it anew: it is started if it does not run, or not well, and else looked at.</summary>
    public void Again()
    {
        if (_checks is { } checks && !_state.HasServerProblem)
        {
            checks.LookAgain();
        }
        else
        {
            _state.Starting(); // at once: who asked waits for the end of it
            _asked.Writer.TryWrite(true);
        }
    }

    /// <summary>Keeps Vite running until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backOff = new BackOff();
        using var watcher = new UiWatcher(_ui, context.Settings.Polling);
        while (true)
        {
            while (watcher.Saves.TryRead(out _))
            {
                // what was saved before is what is started now
            }

            try
            {
                await RunOnceAsync(watcher, backOff, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed([(e as DiagnosticException)?.Diagnostic ?? Diagnostic.Error(DiagnosticCodes.ViteNotReady, $"Vite could not be started: {e.Message}")]);
            }

            var pause = backOff.Next();
            if (pause is null)
            {
                Board.Fail(LogSource.Vite, "Vite is not started again by itself: it failed too often. It is when a file of the UI is saved, or at a rebuild.");
            }

            if (await IsWantedAsync(watcher, pause ?? Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false))
            {
                backOff = new BackOff();
            }
        }
    }

    public void Dispose()
    {
        _port?.Dispose();
        _port = null;
    }

    /// <summary>Waits for the end of a pause, or, which is true, for a save or somebody who asks.</summary>
    private async Task<bool> IsWantedAsync(UiWatcher watcher, TimeSpan pause, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(pause);
        var declared = watcher.Declared();
        try
        {
            var asked = _asked.Reader.ReadAsync(waiting.Token).AsTask();
            while (true)
            {
                var saved = watcher.Saves.ReadAsync(waiting.Token).AsTask();
                await (await Task.WhenAny(asked, saved).ConfigureAwait(false)).ConfigureAwait(false);
                if (asked.IsCompletedSuccessfully || !UiWatcher.IsDeclaration(await saved.ConfigureAwait(false)) || watcher.Declared() != declared)
                {
                    await waiting.CancelAsync().ConfigureAwait(false);
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task RunOnceAsync(UiWatcher watcher, BackOff backOff, CancellationToken cancellation)
    {
        _state.Starting();
        _asked.Reader.TryRead(out _);
        var request = Request();
        await new UiInstaller(line => Board.Log(LogSource.Vite, UiInstaller.IsTick(line) ? "debug" : "info", line.Text)).EnsureInstalledAsync(request, cancellation).ConfigureAwait(false);
        if (_port is null)
        {
            TakePort(); // the UI was added just now, or there was none left the last time
            portMoved();
        }

        var port = _port!.Port;
        using var modules = new ViteModules(_ui, port);
        var checks = new UiChecks(_state, Board, modules, request, context.Settings.Ui.TypeCheck);
        var output = new ViteOutput(Board, _state, modules, checks, _ui);
        var fitness = ViteDevServer.WhyUnfitAsync(request, cancellation);
        await using var vite = ManagedProcess.Start(ViteDevServer.Spec(request, port), output.Add);
        context.Processes.Add(LogSource.Vite, vite);
        try
        {
            await ViteReadiness.WaitAsync(vite, modules, port, context.Settings.Ui.ReadyTimeoutSeconds, cancellation).ConfigureAwait(false);
            var unfit = await fitness.ConfigureAwait(false);
            if (vite.Exited.IsCompleted)
            {
                var exitCode = await vite.Exited.ConfigureAwait(false);
                if (output.IsPortTaken)
                {
                    MovePort(port, backOff);
                    return;
                }

                Failed(unfit is null ? ViteDevServer.WhyEnded(output.Lines, exitCode, _ui) : [unfit]);
                return;
            }

            backOff.Reset();
            _unusable.Clear();
            _lastPort.Remember(port);
            context.DevInfo.TellUi(port);
            _state.Serving(port);
            output.Serving(unfit is null ? [] : [unfit with { Severity = DiagnosticSeverity.Warning }]);
            await ServeAsync(vite, checks, output, watcher, backOff, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _state.Ended();
            await vite.StopAsync(StopGrace).ConfigureAwait(false);
            if (_port?.Port == port && await _port.UnboundAsync(UnboundLimit).ConfigureAwait(false) is { } holder)
            {
                Board.Warn(LogSource.Vite, $"Vite has ended, but its port is still taken by {holder}.");
            }
        }
    }

    /// <summary>Returns when Vite has ended, or is to be started anew.</summary>
    private async Task ServeAsync(ManagedProcess vite, UiChecks checks, ViteOutput output, UiWatcher watcher, BackOff backOff, CancellationToken cancellation)
    {
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = checks.RunAsync(serving.Token);
        var listening = ListenAsync(watcher, checks, output, serving.Token);
        var asked = _asked.Reader.WaitToReadAsync(serving.Token).AsTask();
        _checks = checks;
        try
        {
            if (await Task.WhenAny(vite.Exited, asked, looking, listening).WaitAsync(cancellation).ConfigureAwait(false) == vite.Exited)
            {
                var exitCode = await vite.Exited.ConfigureAwait(false);
                throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.ViteNotReady, $"Vite ended by itself with exit code {exitCode}; it is started again."));
            }

            backOff.SkipNext();
        }
        finally
        {
            _checks = null;
            await serving.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(looking, listening, asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ListenAsync(UiWatcher watcher, UiChecks checks, ViteOutput output, CancellationToken cancellation)
    {
        await foreach (var file in watcher.Saves.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (checks.Saved(file))
            {
                output.Forget();
            }
        }
    }

    private void MovePort(int port, BackOff backOff)
    {
        Board.Warn(LogSource.Vite, $"Port {port} was taken by another program meanwhile; trying the next.");
        _unusable.Add(port);
        Dispose();
        TakePort();
        portMoved();
        backOff.SkipNext();
    }

    private void Failed(IReadOnlyList<Diagnostic> problems)
    {
        Board.Fail(LogSource.Vite, problems[0].Message);
        _state.Failed(problems);
        context.DevInfo.TellUi(0);
    }

    private UiInstallRequest Request()
    {
        var settings = context.Settings;
        var environment = context.EnvironmentWith(settings.Ui.Environment);
        foreach (var name in UiEnvironment.OfOutput.Where(name => !settings.Ui.Environment.ContainsKey(name)))
        {
            environment.Remove(name); // the terminal's colours are not those of our log
        }

        if (settings is { Environment: null, SearchPath: { } path })
        {
            environment.TryAdd("PATH", path);
        }

        return new UiInstallRequest
        {
            Ui = _ui,
            StampDirectory = context.IntermediateDirectory,
            NodePath = settings.Ui.NodePath,
            PackageManagerPath = settings.Ui.PackageManagerPath,
            Environment = environment,
        };
    }
}
