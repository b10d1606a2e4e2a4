using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.External;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>All plugins of this host: started once per id, stopped when no lease holds them.</summary>
internal sealed class PluginManager
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PluginInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<PluginInstance, Task> _forgetting = [];
    private readonly LastSettings _remembered = new();
    private readonly ExternalPlugins _external;
    private readonly HostParts _parts;
    private bool _closed;

    public PluginManager(string stateDirectory)
    {
        var sockets = new SocketFolders(new HostDirectory(stateDirectory).Sockets);
        sockets.Clear(); // of a host that was killed
        _parts = new HostParts(stateDirectory, new PortAllocator(), sockets, Timer, Events);
        _external = new ExternalPlugins(stateDirectory, Events, FindEvenEnding);
    }

    public EventHub Events { get; } = new();

    public SharedTimer Timer { get; } = new();

    /// <summary>Every plugin that runs: those of this host, then those that others run.</summary>
    public IReadOnlyList<DevServerState> States
    {
        get
        {
            var managed = All.Select(instance => instance.Board.State).ToList();
            var ids = managed.Select(state => state.PluginId).ToHashSet(StringComparer.Ordinal);
            return [.. managed, .. _external.States.Where(state => !ids.Contains(state.PluginId))];
        }
    }

    public IReadOnlyList<PluginInstance> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _instances.Values.Where(instance => !instance.IsEnding)];
            }
        }
    }

    /// <summary>Whether nothing runs and nothing is being stopped.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _instances.Count == 0;
            }
        }
    }

    /// <summary>Whether the host is ending.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    public PluginInstance? Find(string pluginId)
    {
        lock (_lock)
        {
            return _instances.GetValueOrDefault(pluginId) is { IsEnding: false } instance ? instance : null;
        }
    }

    /// <summary>The state of a plugin; idle when nobody runs it.</summary>
    public DevServerState StateOf(string pluginId) =>
        Find(pluginId)?.Board.State ?? _external.Find(pluginId)?.State ?? new DevServerState { PluginId = pluginId };

    /// <summary>What a plugin that someone else runs has left for Omniview; null when nobody else runs it.</summary>
    public DevInfoFile? External(string pluginId) => Find(pluginId) is null ? _external.Find(pluginId)?.DevInfo : null;

    /// <summary>With what a plugin was started the last time; null when that was not by this host.</summary>
    public DevSettings? RememberedSettings(string pluginId) => _remembered.Find(pluginId);

    /// <summary>
    /// The plugin of a project, started unless it runs, with a lease taken before anything can let go of it.
    /// </summary>
    /// <exception cref="DiagnosticException">
    /// The manifest has errors; OVP3003: the host is ending; OVP3005: no port; OVP3010: another project runs under the
    /// same id.
    /// </exception>
    public async Task<(PluginInstance Instance, bool Started)> StartAsync(DevSettings settings, Lease lease)
    {
        var manifest = ServedProject.ReadManifest(settings);
        while (true)
        {
            PluginInstance? running;
            lock (_lock)
            {
                if (_closed)
                {
                    throw new DiagnosticException(
                        Diagnostic.Error(
                            DiagnosticCodes.HostDoesNotAnswer,
                            "The dev host is ending and starts nothing more. Try again."));
                }

                if (!_instances.TryGetValue(manifest.Id, out running))
                {
                    return (Start(settings, manifest, lease), true);
                }
            }

            if (!running.IsEnding)
            {
                ServedProject.RequireSame(running.Settings, settings, manifest);
                if (await running.HoldAsync(lease, settings))
                {
                    _remembered.Add(manifest.Id, running.Settings);
                    return (running, false);
                }
            }

            await ForgottenAsync(running); // its ports and its binary are free only then
        }
    }

    /// <summary>Stops a plugin, whoever holds it.</summary>
    public async Task StopAsync(PluginInstance instance)
    {
        await instance.StopAsync();
        await ForgottenAsync(instance);
    }

    /// <summary>Lets go of a plugin. True, and it has ended, when nobody holds it any more.</summary>
    public async Task<bool> ReleaseAsync(PluginInstance instance, Lease lease)
    {
        if (!await instance.ReleaseAsync(lease))
        {
            return false;
        }

        await ForgottenAsync(instance);
        return true;
    }

    /// <summary>If nothing runs: from now on nothing will, and true.</summary>
    public bool CloseIfIdle()
    {
        lock (_lock)
        {
            return _closed |= IsIdle;
        }
    }

    /// <summary>From now on nothing is started. What runs goes on, and is returned.</summary>
    public IReadOnlyList<PluginInstance> Seal()
    {
        lock (_lock)
        {
            _closed = true;
            return [.. _instances.Values];
        }
    }

    /// <summary>Stops everything; from now on nothing is started.</summary>
    public async Task CloseAsync()
    {
        await Task.WhenAll(Seal().Select(StopAsync));
        _parts.Sockets.Clear();
    }

    /// <summary>
    /// Looks after the plugins, and after those of others, and ticks for everybody, until cancelled.
    /// </summary>
    // On a thread of its own: that is one wake-up a tick, where a timer and the thread pool need nine.
    public Task RunAsync(CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
        {
            do
            {
                foreach (var instance in All)
                {
                    Unfailing.Do("looking after a plugin's owners and its project", instance.CheckOwnersAndProject);
                }

                Unfailing.Do(
                    "looking for the plugins of others",
                    () => _external.LookAsync(cancellation).GetAwaiter().GetResult());
                Unfailing.Do("ticking", Timer.Tick);
            } while (!cancellation.WaitHandle.WaitOne(SharedTimer.Period));
        },
        cancellation,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>A plugin on its way out is still ours.</summary>
    private PluginInstance? FindEvenEnding(string pluginId)
    {
        lock (_lock)
        {
            return _instances.GetValueOrDefault(pluginId);
        }
    }

    /// <summary>To be called under the lock.</summary>
    private PluginInstance Start(DevSettings settings, PluginManifest manifest, Lease lease)
    {
        var instance = new PluginInstance(settings, manifest, lease, _parts);
        _instances.Add(manifest.Id, instance);
        _remembered.Add(manifest.Id, settings);
        instance.Start();
        _forgetting[instance] = ForgetAtEndAsync(instance);
        return instance;
    }

    private async Task ForgetAtEndAsync(PluginInstance instance)
    {
        await Task.Yield(); // the entry must be there before it is taken out again
        await instance.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _instances.Remove(instance.PluginId);
            _forgetting.Remove(instance);
        }
    }

    private Task ForgottenAsync(PluginInstance instance)
    {
        lock (_lock)
        {
            return _forgetting.GetValueOrDefault(instance, Task.CompletedTask);
        }
    }
}
