using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>Which plugin is in service: who takes that seat is told to Omniview and to the state, and looked after until it leaves.</summary>
/// <param name="context">The instance.</param>
/// <param name="ended">Called for a plugin that has left by ending, with its exit code.</param>
/// <param name="stopping">Set when the instance is to stop.</param>
internal sealed class PluginSeat(PluginContext context, Func<PluginProcess, int, Task> ended, CancellationToken stopping)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private PluginProcess? _plugin;
    private bool _isKept;

    public PluginProcess? Plugin => _plugin;

    /// <summary>The plugin that was here last has left although nothing is wrong with it: it is to come back unless another comes.</summary>
    public bool IsKept => _isKept;

    /// <summary>Whether there is one that runs or is to come back.</summary>
    public bool HasOwner
    {
        get
        {
            lock (_lock)
            {
                return _plugin is not null || _isKept;
            }
        }
    }

    /// <summary>Completes when the plugin that was replaced last is gone.</summary>
    public Task Leaving { get; private set; } = Task.CompletedTask;

    private PluginBoard Board => context.Board;

    /// <param name="next">Started and healthy.</param>
    /// <param name="generations">1 for a program that is another, 0 for the one that ran before.</param>
    public void Take(PluginProcess next, int generations)
    {
        PluginProcess? old;
        lock (_lock)
        {
            old = _plugin;
            (_plugin, _isKept) = (next, false);
        }

        context.DevInfo.Tell(next, context.Manifest.Version);
        Board.Update(state => state with { PluginPid = next.Id, PluginHealth = Word(next.Health), GrpcConnected = true, Generation = state.Generation + generations });
        context.StartingPid = 0;
        _ = Unfailing.DoAsync($"waiting for the end of plugin {next.Id}", () => WatchForEndAsync(next));
        _ = next.LookAfterAsync(context.Rhythm, health => TellHealth(next, health), () => Board.Info(LogSource.Manager, "The plugin stands at a breakpoint, and answers nobody until it goes on."));
        Leaving = old is null ? Task.CompletedTask : SayGoodByeAsync(old);
    }

    /// <summary>Takes whoever is here, or only this one, out of service; null when it is not here.</summary>
    public PluginProcess? Vacate(bool keep, PluginProcess? only = null)
    {
        PluginProcess? plugin;
        lock (_lock)
        {
            plugin = _plugin;
            if (plugin is null || (only is not null && plugin != only))
            {
                return null;
            }

            (_plugin, _isKept) = (null, keep);
        }

        context.DevInfo.Withdraw(plugin.Id);
        Board.Update(state => state.PluginPid == plugin.Id ? state with { PluginPid = 0, PluginHealth = "", GrpcConnected = false } : state);
        return plugin;
    }

    /// <summary>Nobody is to come back any more.</summary>
    public void GiveUp() => _isKept = false;

    /// <summary>Whoever read where the old plugin is just before it was replaced gets an answer there all the same.</summary>
    private async Task SayGoodByeAsync(PluginProcess old)
    {
        await Task.Delay(Farewell, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var guard = context.DevInfo.Guard();
        await old.DisposeAsync().ConfigureAwait(false);
        context.DevInfo.PutBack();
    }

    private async Task WatchForEndAsync(PluginProcess plugin)
    {
        var exitCode = await plugin.Exited.ConfigureAwait(false);
        if (!stopping.IsCancellationRequested && Vacate(keep: exitCode == 0, plugin) is not null)
        {
            await ended(plugin, exitCode).ConfigureAwait(false);
        }
    }

    /// <summary>A plugin that hangs is said to; it is not ended for that.</summary>
    private void TellHealth(PluginProcess plugin, PluginHealth health)
    {
        if (_plugin != plugin || stopping.IsCancellationRequested)
        {
            return;
        }

        var connected = health is PluginHealth.Serving or PluginHealth.NotOffered;
        Board.Log(LogSource.Manager, connected ? "info" : "warn", connected ? "The plugin answers again." : "The plugin does not answer its health check any more.");
        Board.Update(state => state.PluginPid == plugin.Id ? state with { PluginHealth = Word(health), GrpcConnected = connected } : state);
    }

    private static string Word(PluginHealth health) => health switch
    {
        PluginHealth.Serving => "serving",
        PluginHealth.NotOffered => "not offered",
        PluginHealth.NotServing => "not serving",
        _ => "silent",
    };
}
