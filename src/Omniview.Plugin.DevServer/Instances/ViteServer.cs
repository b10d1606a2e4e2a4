using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Vite for one plugin: dependencies installed, started on a port of its own, found ready only when it answers there, and
/// started again with growing pauses when it dies.
/// </summary>
/// <param name="context">The plugin.</param>
/// <param name="portMoved">Called when the port is another than the one taken first.</param>
internal sealed class ViteServer(PluginContext context, Action portMoved) : IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnboundLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(20);
    private readonly HashSet<int> _unusable = [];
    private readonly UiState _state = new(context.Board);
    private readonly UiProject _ui = new(Path.Combine(context.Settings.ProjectDirectory, "ui"), context.Settings.ProjectDirectory);
    private readonly PortMemory _lastPort = new(Path.Combine(context.IntermediateDirectory, "vite.port"));
    private PortLease? _port;

    private PluginBoard Board => context.Board;

    /// <summary>Takes a port before anything starts, since the plugin is told it too.</summary>
    /// <exception cref="DiagnosticException">OVP3005.</exception>
    public void TakePort()
    {
        var settings = context.Settings.Ui;
        _port = context.Ports.Allocate(new PortRange(settings.PortStart, settings.PortEnd), _lastPort.Port, _unusable);
        Board.Update(state => state with { VitePort = _port.Port, ViteStatus = ProcessStatus.Starting });
    }

    /// <summary>Keeps Vite running until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                await RunOnceAsync(backOff, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var problem = (e as DiagnosticException)?.Diagnostic ?? Diagnostic.Error(DiagnosticCodes.ViteNotReady, $"Vite could not be started: {e.Message}");
                Board.Fail(LogSource.Vite, problem.Message);
                _state.Failed([problem]);
                context.DevInfo.TellUi(0);
            }

            if (backOff.Next() is not { } pause)
            {
                Board.Fail(LogSource.Vite, "Vite is not started again: it failed too often. Restart the plugin's dev server when it is mended.");
                return;
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _port?.Dispose();
        _port = null;
    }

    private async Task RunOnceAsync(BackOff backOff, CancellationToken cancellation)
    {
        _state.Starting();
        var request = Request();
        await new UiInstaller(line => Board.Output(LogSource.Vite, line)).EnsureInstalledAsync(request, cancellation).ConfigureAwait(false);
        if (_port is null)
        {
            TakePort(); // the UI was added just now, or there was none left the last time
            portMoved();
        }

        var port = _port!.Port;
        var portTaken = false;
        var banner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var problems = new ViteDevProblems(_ui.Directory);
        await using var vite = ManagedProcess.Start(ViteDevServer.Spec(request, port), line =>
        {
            var text = PlainText.Of(line.Text);
            Board.Log(LogSource.Vite, line.IsError ? LevelOf(text) : "info", text);
            if (problems.Add(text))
            {
                _state.SetModules(problems.Current);
            }

            portTaken |= text.Contains("is already in use", StringComparison.Ordinal); // Vite's words for a strict port (vite, http.ts)
            if (text.Contains("Local:", StringComparison.Ordinal))
            {
                banner.TrySetResult();
            }
        });
        context.Processes.Add(LogSource.Vite, vite);
        try
        {
            await WaitUntilReadyAsync(vite, banner.Task, port, cancellation).ConfigureAwait(false);
            backOff.Reset();
            _unusable.Clear();
            _lastPort.Remember(port);
            context.DevInfo.TellUi(port);
            _state.Serving(port);
            var exitCode = await vite.Exited.WaitAsync(cancellation).ConfigureAwait(false);
            throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.ViteNotReady, $"Vite ended by itself with exit code {exitCode}; it is started again."));
        }
        catch (DiagnosticException) when (portTaken)
        {
            Board.Warn(LogSource.Vite, $"Port {port} was taken by another program meanwhile; trying the next.");
            _unusable.Add(port);
            Dispose();
            TakePort();
            portMoved();
            backOff.SkipNext();
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

    private UiInstallRequest Request()
    {
        var settings = context.Settings;
        var environment = settings.Ui.Environment.ToDictionary(pair => pair.Key, string? (pair) => pair.Value);
        if (settings.SearchPath is { } path)
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

    private async Task WaitUntilReadyAsync(ManagedProcess vite, Task banner, int port, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(context.Settings.Ui.ReadyTimeoutSeconds));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            await Task.WhenAny(banner, vite.Exited).WaitAsync(limit.Token).ConfigureAwait(false);
            while (!vite.Exited.IsCompleted)
            {
                if (await AnswersAsync(http, port, limit.Token).ConfigureAwait(false))
                {
                    return;
                }

                await Task.Delay(ProbeInterval, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.ViteNotReady,
                $"Vite was not ready within {context.Settings.Ui.ReadyTimeoutSeconds} s (property ViteReadyTimeout). Its output is in the log under [vite]."));
        }

        throw new DiagnosticException(Diagnostic.Error(
            DiagnosticCodes.ViteNotReady,
            $"Vite ended with exit code {await vite.Exited.ConfigureAwait(false)} before it was ready. Its output is in the log under [vite]."));
    }

    private static async Task<bool> AnswersAsync(HttpClient http, int port, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/@vite/client"), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            return true; // with whatever status: the author's `base` may be another
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string LevelOf(string text) => text.Contains("warn", StringComparison.OrdinalIgnoreCase) || text.Contains("deprecat", StringComparison.OrdinalIgnoreCase) ? "warn" : "error";
}
