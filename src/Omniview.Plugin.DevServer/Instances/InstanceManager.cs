using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.External;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>All plugins of this host: started once per id, stopped when no lease holds them.</summary>
internal sealed class InstanceManager
{
    private const int RememberedProjects = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PluginInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PluginInstance Instance, Task Stop)> _stopping = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DevSettings> _remembered = new(StringComparer.Ordinal);
    private readonly string _stateDirectory;
    private readonly ExternalPlugins _external;
    private readonly PortAllocator _ports = new();
    private readonly SocketFolders _sockets;
    private bool _closed;

    public InstanceManager(string stateDirectory)
    {
        _stateDirectory = stateDirectory;
        _sockets = new SocketFolders(new HostDirectory(stateDirectory).Sockets);
        _sockets.Clear(); // of a host that was killed
        _external = new ExternalPlugins(stateDirectory, Events, FindEvenStopping);
    }

    public EventHub Events { get; } = new();

    public Rhythm Rhythm { get; } = new();

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
                return [.. _instances.Values];
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
                return _instances.Count == 0 && _stopping.Count == 0;
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
            return _instances.GetValueOrDefault(pluginId);
        }
    }

    /// <summary>The state of a plugin; idle when nobody runs it.</summary>
    public DevServerState StateOf(string pluginId) =>
        Find(pluginId)?.Board.State ?? _external.Find(pluginId)?.State ?? new DevServerState { PluginId = pluginId };

    /// <summary>What a plugin that someone else runs has left for Omniview; null when nobody else runs it.</summary>
    public DevInfoFile? External(string pluginId) => Find(pluginId) is null ? _external.Find(pluginId)?.DevInfo : null;

    /// <summary>With what a plugin was started the last time; null when that was not by this host.</summary>
    public DevSettings? RememberedSettings(string pluginId)
    {
        lock (_lock)
        {
            return _remembered.GetValueOrDefault(pluginId);
        }
    }

    /// <summary>
    /// The plugin of a project, started unless it runs, with a lease taken before anything can let go of it.
    /// </summary>
    /// <exception cref="DiagnosticException">
    /// The manifest has errors; OVP3003: the host is ending; OVP3005: no port; OVP3010: another project runs under the same id.
    /// </exception>
    public async Task<(PluginInstance Instance, bool Started)> StartAsync(DevSettings settings, Action<LeaseBook> lease)
    {
        if (!Path.IsPathFullyQualified(settings.ProjectDirectory) || !Directory.Exists(settings.ProjectDirectory))
        {
            throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.ManifestNotFound, $"There is no folder {settings.ProjectDirectory}. Give the absolute path of the folder with plugin.yaml."));
        }

        var result = ManifestReader.Read(settings.ProjectDirectory);
        if (result.Manifest is not { } manifest)
        {
            throw new DiagnosticException(result.Diagnostics.First(problem => problem.Severity == DiagnosticSeverity.Error));
        }

        while (true)
        {
            Task ending;
            lock (_lock)
            {
                if (_closed)
                {
                    throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.HostDoesNotAnswer, "The dev host is ending and starts nothing more. Try again."));
                }

                if (_instances.TryGetValue(manifest.Id, out var running))
                {
                    RequireSameProject(running, settings, manifest);
                    lease(running.Leases);
                    running.TakeEnvironment(settings);
                    _remembered[manifest.Id] = running.Settings;
                    return (running, false);
                }

                if (!_stopping.TryGetValue(manifest.Id, out var stopping))
                {
                    var instance = new PluginInstance(settings, manifest, _stateDirectory, _ports, _sockets, Rhythm, Events);
                    lease(instance.Leases);
                    _instances.Add(manifest.Id, instance);
                    if (_remembered.Count < RememberedProjects || _remembered.ContainsKey(manifest.Id))
                    {
                        _remembered[manifest.Id] = settings;
                    }

                    instance.Start();
                    return (instance, true);
                }

                ending = stopping.Stop;
            }

            await ending.ConfigureAwait(false); // its ports and its binary are free only then
        }
    }

    /// <summary>Stops the plugin if nobody holds it any more; true when it is stopped.</summary>
    public async Task<bool> StopIfUnheldAsync(PluginInstance instance)
    {
        Task stop;
        lock (_lock) // a lease is taken under it too
        {
            if (instance.Leases.IsHeld)
            {
                return false;
            }

            stop = StopAsync(instance);
        }

        await stop.ConfigureAwait(false);
        return true;
    }

    public Task StopAsync(PluginInstance instance)
    {
        lock (_lock)
        {
            var id = instance.PluginId;
            if (_instances.GetValueOrDefault(id) != instance) // by now the id may be another start's
            {
                return _stopping.TryGetValue(id, out var stopping) ? stopping.Stop : Task.CompletedTask;
            }

            _instances.Remove(id);
            var stop = StopAndForgetAsync(instance);
            _stopping[id] = (instance, stop);
            return stop;
        }
    }

    /// <summary>If nothing runs: from now on nothing will, and true.</summary>
    public bool CloseIfIdle()
    {
        lock (_lock)
        {
            return _closed |= IsIdle;
        }
    }

    /// <summary>Stops everything; from now on nothing is started.</summary>
    public async Task CloseAsync()
    {
        Task stopped;
        lock (_lock)
        {
            _closed = true;
            stopped = Task.WhenAll([.. All.Select(StopAsync), .. _stopping.Values.Select(stopping => stopping.Stop)]);
        }

        await stopped.ConfigureAwait(false);
        _sockets.Clear();
    }

    /// <summary>Looks after the owners of leases, the projects, and the plugins of others, and beats the time for everybody, until cancelled.</summary>
    /// <remarks>On a thread of its own: that is one wake-up a beat, where a timer and the thread pool need nine.</remarks>
    public Task RunAsync(CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
        {
            do
            {
                foreach (var instance in All)
                {
                    Unfailing.Do("looking after the owners of plugins", instance.Leases.DropDeadOwners);
                    _ = Unfailing.DoAsync("stopping what nobody holds", () => StopIfUnheldAsync(instance));
                    Unfailing.Do("looking at a project's folder", instance.LookAtProject);
                }

                Unfailing.Do("looking for the plugins of others", () => _external.LookAsync(cancellation).GetAwaiter().GetResult());
                Unfailing.Do("beating the time", Rhythm.Strike);
            }
            while (!cancellation.WaitHandle.WaitOne(Rhythm.Beat));
        },
        cancellation,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>A plugin on its way out is still ours.</summary>
    private PluginInstance? FindEvenStopping(string pluginId)
    {
        lock (_lock)
        {
            return _instances.GetValueOrDefault(pluginId) ?? _stopping.GetValueOrDefault(pluginId).Instance;
        }
    }

    private static void RequireSameProject(PluginInstance running, DevSettings settings, PluginManifest manifest)
    {
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (!string.Equals(Path.TrimEndingDirectorySeparator(running.Settings.ProjectDirectory), Path.TrimEndingDirectorySeparator(settings.ProjectDirectory), comparison))
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.PluginIdInUse,
                $"A plugin with the id '{manifest.Id}' is already served from {running.Settings.ProjectDirectory}. Stop that one or change the id.").At(manifest.File));
        }
    }

    private async Task StopAndForgetAsync(PluginInstance instance)
    {
        await Task.Yield(); // the entry in _stopping must be there before it is taken out again
        try
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _stopping.Remove(instance.PluginId);
            }
        }
    }
}
