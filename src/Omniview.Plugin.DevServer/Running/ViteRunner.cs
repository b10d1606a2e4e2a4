using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Watching;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Runs one Vite at a time for a plugin, on a port of its own, and listens for saves of its UI: those go to the Vite
/// that serves, and are told when none does.
/// </summary>
/// <param name="context">The plugin.</param>
/// <param name="post">Gets what happens.</param>
internal sealed class ViteRunner(PluginContext context, Action<PluginMessage> post)
{
    private readonly HashSet<int> _unusable = [];
    private readonly UiProject _ui = new(Path.Combine(context.ProjectDirectory, "ui"), context.ProjectDirectory);
    private readonly PortMemory _lastPort = new(Path.Combine(
        context.IntermediateDirectory, IntermediateFolder.VitePort));
    private readonly OwnedTasks _tasks = new();
    private PortLease? _port;
    private UiWatcher? _watcher;
    private volatile ViteRun? _run;
    private volatile string _declared = "";

    /// <summary>Takes a port before anything starts, since the plugin is told it too.</summary>
    /// <exception cref="DiagnosticException">OVP3005.</exception>
    public int TakePort(DevSettings settings)
    {
        _port?.Dispose();
        _port = context.Ports.Allocate(new PortRange(
            settings.Ui.PortStart, settings.Ui.PortEnd), _lastPort.Port, _unusable);
        return _port.Port;
    }

    /// <summary>Ends with <see cref="ViteEnded"/>.</summary>
    public void Start(StartVite start) => _tasks.Start(start.Vite, async cancellation =>
    {
        var (end, problems) = (ViteEnd.Told, (IReadOnlyList<Diagnostic>)[]);
        try
        {
            Listen(start.Settings);
            (end, problems) = await RunAsync(start, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // told to end
        }
        catch (Exception e)
        {
            var problem = (e as DiagnosticException)?.Diagnostic
                ?? Diagnostic.Error(DiagnosticCodes.ViteNotReady, $"Vite could not be started: {e.Message}");
            (end, problems) = (ViteEnd.Failed, [problem]);
        }

        _declared = _watcher?.Declared() ?? "";
        _run = null;
        post(new ViteEnded(start.Vite, end, problems));
    });

    public void Stop(int vite) => _tasks.Cancel(vite);

    /// <summary>All that it serves is looked at anew.</summary>
    public void LookAgain() => _run?.LookAgain();

    /// <summary>After the last Vite.</summary>
    public void Release()
    {
        _watcher?.Dispose();
        _watcher = null;
        _port?.Dispose();
        _port = null;
    }

    public Task EndAsync() => _tasks.EndAsync();

    private async Task<(ViteEnd End, IReadOnlyList<Diagnostic> Problems)> RunAsync(
        StartVite start, CancellationToken cancellation)
    {
        var port = start.Port;
        if (port == 0)
        {
            port = TakePort(start.Settings);
            post(new VitePortTaken(start.Vite, port));
        }

        var run = new ViteRun(context, start, port, _port!, _ui, post);
        _run = run;
        var (end, problems) = await run.RunAsync(_lastPort, cancellation);
        if (end == ViteEnd.PortTaken)
        {
            _unusable.Add(port);
        }
        else if (run.HasServed)
        {
            _unusable.Clear();
        }

        return (end, problems);
    }

    /// <summary>Listens for as long as there is a UI.</summary>
    private void Listen(DevSettings settings)
    {
        if (_watcher is not null)
        {
            return;
        }

        var watcher = new UiWatcher(_ui, settings.Polling);
        _watcher = watcher;
        _tasks.Start(0, async _ =>
        {
            await foreach (var file in watcher.Saves.ReadAllAsync(CancellationToken.None)) // ends with the watcher
            {
                Unfailing.Do("taking notice of a save of the UI", () => TakeSave(watcher, file));
            }
        });
    }

    private void TakeSave(UiWatcher watcher, string file)
    {
        if (_run is { } run && run.TakeSave(file))
        {
            return;
        }

        // What is to be installed is written by an install as well, which is no save.
        if (!UiWatcher.IsDeclaration(file) || (_run is null && watcher.Declared() != _declared))
        {
            post(new UiSaved());
        }
    }
}
