using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>All plugins of this host: started once per id, stopped when no lease holds them.</summary>
internal sealed class InstanceManager(string stateDirectory)
{
    private static readonly TimeSpan OwnerCheckInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PluginInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _stopping = new(StringComparer.Ordinal);
    private readonly EventHub _hub = new();
    private readonly PortAllocator _ports = new();

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

    public PluginInstance? Find(string pluginId)
    {
        lock (_lock)
        {
            return _instances.GetValueOrDefault(pluginId);
        }
    }

    /// <summary>
    /// The plugin of a project, started unless it runs, with a lease taken before anything can let go of it.
    /// </summary>
    /// <exception cref="DiagnosticException">The manifest has errors, or another project runs under the same id (OVP3010).</exception>
    public async Task<(PluginInstance Instance, bool Started)> StartAsync(DevSettings settings, Action<LeaseBook> lease)
    {
        var result = ManifestReader.Read(settings.ProjectDirectory);
        if (result.Manifest is not { } manifest)
        {
            throw new DiagnosticException(result.Diagnostics.First(problem => problem.Severity == DiagnosticSeverity.Error));
        }

        while (true)
        {
            Task? ending;
            lock (_lock)
            {
                if (_instances.TryGetValue(manifest.Id, out var running))
                {
                    RequireSameProject(running, settings, manifest);
                    lease(running.Leases);
                    return (running, false);
                }

                if (!_stopping.TryGetValue(manifest.Id, out ending))
                {
                    var instance = new PluginInstance(settings, manifest, stateDirectory, _ports, _hub);
                    lease(instance.Leases);
                    _instances.Add(manifest.Id, instance);
                    instance.Start();
                    return (instance, true);
                }
            }

            await ending.ConfigureAwait(false); // its ports and its binary are free only then
        }
    }

    /// <summary>Stops the plugin if nobody holds it any more; true when it is stopped.</summary>
    public async Task<bool> StopIfUnheldAsync(PluginInstance instance)
    {
        if (instance.Leases.IsHeld)
        {
            return false;
        }

        await StopAsync(instance).ConfigureAwait(false);
        return true;
    }

    public Task StopAsync(PluginInstance instance)
    {
        lock (_lock)
        {
            var id = instance.PluginId;
            if (_stopping.TryGetValue(id, out var underway))
            {
                return underway;
            }

            if (!_instances.Remove(id))
            {
                return instance.StopAsync();
            }

            var stop = StopAndForgetAsync(instance);
            _stopping[id] = stop;
            return stop;
        }
    }

    public Task StopAllAsync() => Task.WhenAll(All.Select(StopAsync));

    /// <summary>Watches over the owners of leases until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(OwnerCheckInterval);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            foreach (var instance in All)
            {
                instance.Leases.DropDeadOwners();
                _ = StopIfUnheldAsync(instance);
            }
        }
    }

    private static void RequireSameProject(PluginInstance running, DevSettings settings, PluginManifest manifest)
    {
        if (!string.Equals(Path.TrimEndingDirectorySeparator(running.Settings.ProjectDirectory), Path.TrimEndingDirectorySeparator(settings.ProjectDirectory), StringComparison.Ordinal))
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
