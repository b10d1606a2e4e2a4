using System.Collections.Concurrent;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Starts and ends the plugins of one instance, each under the number of its start, and tells what becomes of them.
/// </summary>
/// <param name="context">The instance.</param>
/// <param name="program">What is started.</param>
/// <param name="devInfo">Looked after while a plugin goes that may take it away.</param>
/// <param name="post">Gets what happens.</param>
internal sealed class PluginRunner(
    PluginContext context, InstalledProgram program, DevInfoKeeper devInfo, Action<PluginMessage> post)
{
    private static readonly TimeSpan ReplacedGrace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<int, PluginProcess> _plugins = [];
    private readonly OwnedTasks _starts = new();
    private readonly OwnedTasks _ends = new();
    private readonly HomeManifest _home = new(context);
    private PluginDebugger? _debugger;
    private IReadOnlyList<Diagnostic> _debuggerProblems = [];

    /// <summary>
    /// Installs what was built. Ends with <see cref="ProgramInstalled"/> or <see cref="InstallFailed"/>.
    /// </summary>
    public void Install(InstallProgram wanted) => _starts.Start(wanted.Turn, cancellation =>
    {
        try
        {
            var isChanged = program.Install(wanted, cancellation);
            _debugger ??= PluginDebugger.Open(context, wanted.Settings, TellOfDebugger);
            post(new ProgramInstalled(wanted.Turn, isChanged, TakesTurns: _debugger is not null));
        }
        catch (Exception e)
        {
            post(new InstallFailed(wanted.Turn, StartProblem.Of(e, "The program could not be installed")));
        }

        return Task.CompletedTask;
    });

    /// <summary>
    /// Starts the installed program. Ends with <see cref="PluginStarted"/> or <see cref="StartEnded"/>.
    /// </summary>
    public void Start(StartPlugin start) => _starts.Start(start.Start, async cancellation =>
    {
        try
        {
            _home.CreateLink(start.Settings);
            if (_debugger is not null)
            {
                await _debugger.UnboundAsync();
            }

            void Spawned(int pid) => post(new PluginSpawned(start.Start, pid));
            var plugin = await PluginLauncher.StartAsync(
                context, start, program.File, _debugger, Spawned, cancellation);
            Enter(start.Start, plugin);
        }
        catch (OperationCanceledException)
        {
            post(new StartEnded(start.Start, Failure: null));
        }
        catch (Exception e)
        {
            post(new StartEnded(start.Start, StartProblem.Of(e, "The plugin could not be started")));
        }
    });

    public void CancelStart(int start) => _starts.Cancel(start);

    /// <summary>Ends with <see cref="PluginGone"/>.</summary>
    /// <param name="start">Which.</param>
    /// <param name="isReplaced">Another one has taken over, and <c>.devinfo</c> names that.</param>
    public void Stop(int start, bool isReplaced) => _ends.Start(start, async cancellation =>
    {
        try
        {
            if (_plugins.TryRemove(start, out var plugin))
            {
                await StopAsync(plugin, isReplaced, cancellation);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            context.Board.Fail(LogSource.Manager, $"The end of a plugin was not seen: {e.Message}");
        }
        finally
        {
            post(new PluginGone(start));
        }
    });

    /// <summary>After the last plugin: nothing of ours is left in HOME, and the debugger's port is free.</summary>
    public void Release()
    {
        _home.Remove();
        _debugger?.Dispose();
        _debugger = null;
    }

    public async Task EndAsync()
    {
        await _starts.EndAsync();
        await _ends.EndAsync();
    }

    private void Enter(int start, PluginProcess plugin)
    {
        _plugins[start] = plugin;
        var times = new BuildPhases
        {
            StartMs = plugin.Times.Start.TotalMilliseconds,
            HandshakeMs = plugin.Times.Handshake.TotalMilliseconds,
            HealthMs = plugin.Times.Health.TotalMilliseconds,
        };
        post(new PluginStarted(start, plugin.Id, plugin.Handshake, plugin.StartedAt, plugin.Health, times));
        _debugger?.Announce();
        _starts.Start(-start, _ => MonitorAsync(start, plugin)); // until it has ended
    }

    private async Task MonitorAsync(int start, PluginProcess plugin)
    {
        void StandsStill() =>
            context.Board.Info(
                LogSource.Manager, "The plugin stands at a breakpoint, and answers nobody until it goes on.");
        var looking = plugin.MonitorHealthAsync(
            context.Timer, health => post(new HealthChanged(start, health)), StandsStill);
        post(new PluginExited(start, await plugin.Exited));
        await looking;
    }

    private async Task StopAsync(PluginProcess plugin, bool isReplaced, CancellationToken cancellation)
    {
        if (!isReplaced)
        {
            await plugin.DisposeAsync();
            return;
        }

        await Task.Delay(ReplacedGrace, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var guard = devInfo.Guard();
        await plugin.DisposeAsync();
        devInfo.PutBack();
    }

    /// <summary>Once, or each save would say it again.</summary>
    private void TellOfDebugger(IReadOnlyList<Diagnostic> problems)
    {
        if (problems.SequenceEqual(_debuggerProblems))
        {
            return;
        }

        _debuggerProblems = problems;
        post(new ProblemsFound(ProblemSource.Debugger, problems));
        if (problems.Count > 0)
        {
            context.Board.Warn(LogSource.Manager, problems[0].Message);
        }
    }
}
