using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.External;

/// <summary>
/// Finds the plugins that others run (a debugger, <c>go run</c>, air) by their <c>.devinfo</c>. They are listed and probed,
/// and never signalled. Looked for once a second rather than watched: that misses no file that was there before its
/// folder's watch, sees a process die as well, and costs one <c>stat</c> per plugin. What is missing of a plugin
/// of ours is put back on the way.
/// </summary>
internal sealed class ExternalPlugins(string stateDirectory, EventHub hub, Func<string, PluginInstance?> managed)
{
    private const int ProbeEvery = 5; // looks: seconds
    private const int OursEvery = 2; // looks; what we wrote ourselves is seldom touched by others
    private const int ListEvery = 8; // looks; sooner when the folder of plugins says that it has changed
    private const int WarnAfter = 3; // a file that is being written in place can't be read for a moment

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ExternalPlugin> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTime Written, int Times)> _unusable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _conflicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTime Written, long Size)> _ours = new(StringComparer.Ordinal); // the .devinfo of plugins of ours, found right
    private readonly Dictionary<string, FileInfo> _files = new(StringComparer.Ordinal);
    private HashSet<string> _installed = [];
    private DateTime _listed;
    private long _looks;

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
            await LookAtAllAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn("", DateTime.MinValue, e.Message);
        }
    }

    private async Task LookAtAllAsync(CancellationToken cancellation)
    {
        _looks++;
        var plugins = new DirectoryInfo(Path.Combine(stateDirectory, "plugins"));
        var written = plugins.Exists ? plugins.LastWriteTimeUtc : default;
        if (written != _listed || _looks % ListEvery == 0)
        {
            _installed = written == default ? [] : [.. plugins.EnumerateDirectories().Select(folder => folder.Name).Where(id => PluginId.Problem(id) is null)];
            _listed = written;
        }

        foreach (var id in _installed.Union(States.Select(state => state.PluginId)).ToList())
        {
            if (_ours.ContainsKey(id) && _looks % OursEvery != 0)
            {
                continue;
            }

            await Unfailing.DoAsync($"looking at the .devinfo of {id}", () => LookAtAsync(id, cancellation)).ConfigureAwait(false);
        }
    }

    private async Task LookAtAsync(string id, CancellationToken cancellation)
    {
        if (!_files.TryGetValue(id, out var info))
        {
            _files[id] = info = new FileInfo(new InstalledPlugin(stateDirectory, id).DevInfoFile);
        }

        info.Refresh();
        var version = info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
        if (_ours.TryGetValue(id, out var known) && known == version && managed(id) is not null)
        {
            return;
        }

        await LookAtAsync(id, info.FullName, version, cancellation).ConfigureAwait(false);
    }

    private async Task LookAtAsync(string id, string file, (DateTime, long) version, CancellationToken cancellation)
    {
        _ours.Remove(id);
        var devInfo = ReadUsable(id, file);
        var process = devInfo is null ? null : ProcessIdentity.Of(devInfo.Pid);
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
                _ours[id] = version;
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

        if (known is null || !known.State.GrpcConnected || _looks % ProbeEvery == 0)
        {
            var accepts = await AddressProbe.AcceptsAsync(Address(devInfo).EndPoint!, cancellation).ConfigureAwait(false);
            if (known?.State.GrpcConnected != accepts)
            {
                Keep(id, new ExternalPlugin(devInfo, process!, StateOf(id, devInfo, accepts)));
            }
        }
    }

    /// <summary>Null when there is none, or none that can be trusted; the latter is said once per version of the file.</summary>
    private DevInfoFile? ReadUsable(string id, string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
        {
            _unusable.Remove(id);
            return null;
        }

        var devInfo = DevInfoFile.Read(file);
        var problem =
            devInfo is null ? "it names no process and address" :
            devInfo.PluginId is { } named && named != id ? $"it is of the plugin '{named}'" :
            Address(devInfo).EndPoint is null ? $"its address {devInfo.Addr} is neither a socket's path nor loopback" :
            null;
        if (problem is null)
        {
            _unusable.Remove(id);
            return devInfo;
        }

        Warn(id, info.LastWriteTimeUtc, $"{file} is left out of account: {problem}.");
        return null;
    }

    private void Warn(string id, DateTime written, string text)
    {
        var times = _unusable.TryGetValue(id, out var before) && before.Written == written ? before.Times + 1 : 1;
        _unusable[id] = (written, times);
        if (times == WarnAfter)
        {
            Console.Error.WriteLine(TerminalText.Neutralise(text));
        }
    }

    private void ReportConflict(PluginInstance own, DevInfoFile? other, string file)
    {
        if (other is not null == _conflicts.Contains(own.PluginId))
        {
            return;
        }

        if (other is null)
        {
            _conflicts.Remove(own.PluginId);
            own.Board.SetProblems(ProblemSource.External, []);
            return;
        }

        _conflicts.Add(own.PluginId);
        var problem = Diagnostic.Warning(
            DiagnosticCodes.ExternalPlugin,
            $"Another program (PID {other.Pid}) serves the plugin '{own.PluginId}' too and has written its .devinfo: Omniview talks to that one, not to this. End it, or stop this one.").At(file);
        own.Board.SetProblems(ProblemSource.External, [problem]);
        own.Board.Warn(LogSource.Manager, problem.Message);
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
        ViteUrl = devInfo.VitePort > 0 ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{devInfo.VitePort}") : "",
        ViteStatus = devInfo.VitePort > 0 ? ProcessStatus.Ready : ProcessStatus.Idle,
        GoStatus = ProcessStatus.Ready,
        GrpcConnected = accepts,
        PluginPid = devInfo.Pid,
        Seq = hub.NextStateSeq(id),
    };

    /// <summary>The file has no network; Omniview tells by the leading slash.</summary>
    private static PluginAddress Address(DevInfoFile devInfo) => new(Path.IsPathFullyQualified(devInfo.Addr) ? "unix" : "tcp", devInfo.Addr);
}
