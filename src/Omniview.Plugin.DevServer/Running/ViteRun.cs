using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Vite;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// One Vite: dependencies installed, started, found ready only when it answers at its port, and looked at while it
/// serves.
/// </summary>
/// <param name="context">The plugin.</param>
/// <param name="start">What is asked for.</param>
/// <param name="port">Where it is to answer.</param>
/// <param name="lease">Of that port.</param>
/// <param name="ui">What it serves.</param>
/// <param name="post">Gets what happens.</param>
internal sealed class ViteRun(
    PluginContext context, StartVite start, int port, PortLease lease, UiProject ui, Action<PluginMessage> post)
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnboundLimit = TimeSpan.FromSeconds(5);

    private volatile UiChecks? _checks;
    private volatile ViteOutput? _output;

    /// <summary>Whether it has answered.</summary>
    public bool HasServed { get; private set; }

    /// <summary>All of it is looked at anew.</summary>
    public void LookAgain() => _checks?.LookAgain();

    /// <summary>A file of the UI was saved; false while it does not serve.</summary>
    public bool TakeSave(string file)
    {
        if (_checks is not { } checks)
        {
            return false;
        }

        if (checks.Saved(file))
        {
            _output?.Forget();
        }

        return true;
    }

    /// <summary>Runs until it has ended or is told to; nothing of it is left then.</summary>
    /// <exception cref="DiagnosticException">It could not be started, was not ready in time, or ended by
    /// itself.</exception>
    public async Task<(ViteEnd End, IReadOnlyList<Diagnostic> Problems)> RunAsync(
        PortMemory lastPort, CancellationToken cancellation)
    {
        var request = Request(start.Settings);
        void Log(OutputLine line) =>
            context.Board.Log(LogSource.Vite, UiInstaller.IsTick(line) ? "debug" : "info", line.Text);
        await new UiInstaller(Log).EnsureInstalledAsync(request, cancellation);
        using var modules = new ViteModules(ui, port);
        var checks = new UiChecks(Found, context.Board, modules, request, start.Settings.Ui.TypeCheck);
        var output = new ViteOutput(context.Board, Found, modules, checks, ui);
        _output = output;
        var fitness = ViteDevServer.WhyUnfitAsync(request, cancellation);
        var vite = ManagedProcess.Start(ViteDevServer.Spec(request, port), output.Add);
        context.Processes.Add(LogSource.Vite, vite);
        var hasPort = true;
        try
        {
            await ViteReadiness.WaitAsync(vite, modules, port, start.Settings.Ui.ReadyTimeoutSeconds, cancellation);
            var unfit = await fitness;
            if (vite.Exited.IsCompleted)
            {
                var exitCode = await vite.Exited;
                hasPort = !output.IsPortTaken;
                return !hasPort ? (ViteEnd.PortTaken, [])
                    : (ViteEnd.Failed, unfit is null ? ViteDevServer.WhyEnded(output.Lines, exitCode, ui) : [unfit]);
            }

            HasServed = true;
            lastPort.Remember(port);
            List<Diagnostic> warnings = unfit is null ? [] : [unfit with { Severity = DiagnosticSeverity.Warning }];
            _checks = checks; // before anybody hears of it: whoever saves then is heard
            post(new ViteServes(start.Vite, warnings));
            output.Serving(warnings);
            return (ViteEnd.Failed, [await ServeAsync(vite, checks, cancellation)]);
        }
        finally
        {
            await ((Task)fitness).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await vite.StopAsync(StopGrace);
            await vite.DisposeAsync();
            if (hasPort && await lease.UnboundAsync(UnboundLimit) is { } holder)
            {
                context.Board.Warn(LogSource.Vite, $"Vite has ended, but its port is still taken by {holder}.");
            }
        }
    }

    private void Found(UiPart part, IReadOnlyList<Diagnostic> problems) =>
        post(new UiProblemsFound(start.Vite, part, problems));

    /// <summary>Returns when Vite has ended by itself.</summary>
    private async Task<Diagnostic> ServeAsync(ManagedProcess vite, UiChecks checks, CancellationToken cancellation)
    {
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = checks.RunAsync(serving.Token);
        try
        {
            await (await Task.WhenAny(vite.Exited, looking).WaitAsync(cancellation));
            var exitCode = await vite.Exited.WaitAsync(cancellation);
            return Diagnostic.Error(
                DiagnosticCodes.ViteNotReady, $"Vite ended by itself with exit code {exitCode}; it is started again.");
        }
        finally
        {
            _checks = null;
            await serving.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private UiInstallRequest Request(DevSettings settings)
    {
        var environment = ChildEnvironment.Of(settings, settings.Ui.Environment);
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
            Ui = ui,
            StampDirectory = context.IntermediateDirectory,
            NodePath = settings.Ui.NodePath,
            PackageManagerPath = settings.Ui.PackageManagerPath,
            Environment = environment,
        };
    }
}
