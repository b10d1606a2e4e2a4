using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Running;

namespace Omniview.Plugin.DevServer.External;

/// <summary>
/// Finds the plugins that others run (a debugger, <c>go run</c>, air) by their <c>.devinfo</c>. They are listed and
/// probed, and never signalled. Looked for once a second rather than watched: that misses no file that was there before
/// its folder's watch, sees a process die as well, and costs one <c>stat</c> per plugin: only what has changed is read,
/// and of addresses only some are tried at a time. What is missing of a plugin of ours is put back on the way.
/// </summary>
internal sealed class ExternalPlugins(string stateDirectory, EventHub hub, Func<string, IOwnPlugin?> managed)
{
    private const int ProbeEvery = 5; // looks: seconds
    private const int OursEvery = 2; // looks; what we wrote ourselves is seldom touched by others
    private const int ProbesAtOnce = 32; // of a look; whoever has thousands of files waits for the rest

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ExternalPlugin> _known = new(StringComparer.Ordinal);
    private readonly InstalledPluginList _installed = new(stateDirectory);
    private readonly DevInfoReader _reader = new();
    private readonly HashSet<string> _conflicts = new(StringComparer.Ordinal);
    // the .devinfo of plugins of ours, found right
    private readonly Dictionary<string, FileFacts> _ours = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    // of this look: one may be said to be many plugins
    private readonly Dictionary<int, ProcessIdentity?> _processes = [];
    private string _failure = "";
    private long _looks;
    private int _probesLeft;
    private int _next; // whose address is tried first

    public IReadOnlyList<DevServerState> States
    {
        get
        {
            lock (_lock)
            {
                return [.. _known.Values.Select(plugin => plugin.State)];
            }
        }
    }

    public ExternalPlugin? Find(string pluginId)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault(pluginId);
        }
    }

    /// <summary>Looks once; not by two at a time.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAtAllAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_failure != e.Message)
            {
                await Console.Error.WriteLineAsync(TerminalText.Neutralise(_failure = e.Message));
            }
        }
    }

    private async Task LookAtAllAsync(CancellationToken cancellation)
    {
        _looks++;
        _processes.Clear();
        _probesLeft = ProbesAtOnce;
        var ids = _installed.List().Union(States.Select(state => state.PluginId)).ToList();
        var (first, next) = (_next, 0);
        for (var index = 0; index < ids.Count; index++)
        {
            var place = (first + index) % ids.Count;
            var id = ids[place];
            if ((_ours.ContainsKey(id) && _looks % OursEvery != 0) || IsSettled(id, out var file, out var facts))
            {
                continue;
            }

            await Unfailing.DoAsync(
                $"looking at the .devinfo of {id}", () => LookAtAsync(id, file, facts, cancellation));
            next = _probesLeft == 0 && next == 0 ? place : next;
        }

        _next = next;
    }

    /// <summary>Whether all that there is to do about a plugin was done when its file was as it is now.</summary>
    private bool IsSettled(string id, out string file, out FileFacts? facts)
    {
        file = _files.TryGetValue(id, out var known)
            ? known
            : _files[id] = new InstalledPlugin(stateDirectory, id).DevInfoFile;
        facts = FileFacts.Of(file);
        return managed(id) is not null
            ? _ours.TryGetValue(id, out var right) && right == facts
            : Find(id) is null && (facts is { } there ? _reader.IsKnownUnusable(id, there) : !_conflicts.Contains(id));
    }

    private async Task LookAtAsync(string id, string file, FileFacts? facts, CancellationToken cancellation)
    {
        _ours.Remove(id);
        var devInfo = _reader.Read(id, file, facts);
        var process = devInfo is null ? null : ProcessOf(devInfo.Pid);
        if (devInfo is not null && process is null)
        {
            StaleDevInfo.Remove(file, devInfo);
            devInfo = null;
        }

        if (managed(id) is { } own)
        {
            Forget(id, tell: false); // its state is the instance's now
            ReportConflict(own, devInfo is not null && !own.IsOwn(devInfo.Pid) ? devInfo : null, file);
            own.PutBackDevInfo();
            if (devInfo is not null && own.IsOwn(devInfo.Pid))
            {
                _ours[id] = facts!.Value;
            }

            return;
        }

        _conflicts.Remove(id);
        var known = Find(id);
        if (known is not null && (devInfo is null || known.DevInfo != devInfo || known.Process != process))
        {
            Forget(id, tell: true);
            known = null;
        }

        if (devInfo is null)
        {
            return;
        }

        if ((known is null || !known.State.GrpcConnected || _looks % ProbeEvery == 0) && _probesLeft > 0)
        {
            _probesLeft--;
            var accepts = await AddressProbe.AcceptsAsync(DevInfoReader.Address(devInfo).EndPoint!, cancellation);
            if (known?.State.GrpcConnected != accepts)
            {
                Keep(id, new ExternalPlugin(devInfo, process!, StateOf(id, devInfo, accepts)));
            }
        }
    }

    private ProcessIdentity? ProcessOf(int pid)
    {
        if (!_processes.TryGetValue(pid, out var process))
        {
            _processes[pid] = process = ProcessIdentity.Of(pid);
        }

        return process;
    }

    private void ReportConflict(IOwnPlugin own, DevInfoFile? other, string file)
    {
        if (other is not null == _conflicts.Contains(own.PluginId))
        {
            return;
        }

        if (other is null)
        {
            _conflicts.Remove(own.PluginId);
            own.TellConflict(null);
            return;
        }

        _conflicts.Add(own.PluginId);
        var problem = Diagnostic.Warning(
            DiagnosticCodes.ExternalPlugin,
            $"Another program (PID {other.Pid}) serves the plugin '{own.PluginId}' too and has written its " +
            ".devinfo: Omniview talks to that one, not to this. End it, or stop this one.").At(file);
        own.TellConflict(problem);
    }

    private void Keep(string id, ExternalPlugin plugin)
    {
        lock (_lock)
        {
            _known[id] = plugin;
        }

        hub.Publish(DevEvents.Status, id, plugin.State);
    }

    private void Forget(string id, bool tell)
    {
        lock (_lock)
        {
            if (!_known.Remove(id))
            {
                return;
            }
        }

        if (tell)
        {
            hub.Publish(DevEvents.Status, id, new DevServerState { PluginId = id, Seq = hub.NextStateSeq(id) });
        }
    }

    private DevServerState StateOf(string id, DevInfoFile devInfo, bool accepts) => new()
    {
        PluginId = id,
        Mode = "external",
        VitePort = devInfo.VitePort,
        ViteUrl = devInfo.VitePort > 0
            ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{devInfo.VitePort}")
            : "",
        ViteStatus = devInfo.VitePort > 0 ? ProcessStatus.Ready : ProcessStatus.Idle,
        GoStatus = ProcessStatus.Ready,
        GrpcConnected = accepts,
        PluginPid = devInfo.Pid,
        Seq = hub.NextStateSeq(id),
    };
}
