using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.External;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Keeps <c>.devinfo</c> true while a plugin runs: it names that process, and the UI's port only while the UI answers there,
/// since Omniview loads the UI as soon as it sees a port. Each write makes Omniview leave the plugin and connect anew, so the
/// first one waits until it is known whether there is a UI to tell of. Put back when someone else removes it: a plugin of the
/// plugin-sdk in its own dev mode deletes the file as it goes, whoever it names, and Omniview does when it finds the process
/// before dead. Never written over that of another program that lives.
/// </summary>
internal sealed class DevInfoKeeper(InstalledPlugin installed, PluginBoard board)
{
    private readonly Lock _lock = new();
    private string? _failure;
    private DevInfoFile? _told;
    private DevInfoFile? _written;
    private int? _uiPort = 0; // null: Vite is on its way

    private bool IsDue => _told is not null && _uiPort is not null;

    /// <summary>This plugin runs from now on.</summary>
    public void Tell(PluginProcess plugin, string version)
    {
        lock (_lock)
        {
            _told = new DevInfoFile(plugin.Id, plugin.Handshake.Protocol, plugin.Handshake.AppProtocolVersion, plugin.Handshake.Address.Address)
            {
                VitePort = _uiPort ?? 0,
                PluginId = Path.GetFileName(installed.Directory),
                Version = version,
                StartedAt = plugin.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            };
            Write();
        }
    }

    /// <summary>Vite is being started: what comes of it is told with the plugin, unless Omniview knows that one already.</summary>
    public void ExpectUi()
    {
        lock (_lock)
        {
            _uiPort = _told is null ? null : _uiPort;
        }
    }

    /// <summary>The UI answers at this port; 0: it does not answer.</summary>
    public void TellUi(int port)
    {
        lock (_lock)
        {
            var isNews = _uiPort != port;
            _uiPort = port;
            if (isNews && _told is { } told)
            {
                _told = told with { VitePort = port };
                Write();
            }
        }
    }

    /// <summary>The plugin of this process does not run any more.</summary>
    public void Withdraw(int pid)
    {
        lock (_lock)
        {
            if (_told is { } told && told.Pid == pid)
            {
                (_told, _written) = (null, null);
                told.RemoveIfStillOurs(installed.DevInfoFile);
            }
        }
    }

    /// <summary>Writes it again if somebody has taken it away.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            if (IsDue && !File.Exists(installed.DevInfoFile))
            {
                Write();
            }
        }
    }

    /// <summary>Writes it again the moment it is taken away, until the result is disposed.</summary>
    public IDisposable? Guard()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(installed.Directory, Path.GetFileName(installed.DevInfoFile)) { NotifyFilter = NotifyFilters.FileName };
            watcher.Deleted += (_, _) => Unfailing.Do("putting .devinfo back", PutBack);
            watcher.Renamed += (_, _) => Unfailing.Do("putting .devinfo back", PutBack);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose(); // no watch is to be had, or the folder has gone: the host looks once in two seconds
            return null;
        }
    }

    /// <summary>Writes it anew if it says anything else.</summary>
    public void Reassert()
    {
        lock (_lock)
        {
            if (IsDue && DevInfoFile.Read(installed.DevInfoFile) != _told)
            {
                Write();
            }
        }
    }

    /// <summary>Whether this is the process that the file is to name.</summary>
    public bool Names(int pid)
    {
        lock (_lock)
        {
            return _told?.Pid == pid;
        }
    }

    private void Write()
    {
        if (!IsDue || IsAnothers())
        {
            return; // what is told is written when the other one has gone
        }

        try
        {
            _told!.Write(installed.DevInfoFile);
            (_written, _failure) = (_told, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_failure != e.Message)
            {
                board.Fail(LogSource.Manager, $"{installed.DevInfoFile} can't be written, so Omniview does not find this plugin: {e.Message}");
            }

            _failure = e.Message;
        }
    }

    private bool IsAnothers() =>
        DevInfoFile.Read(installed.DevInfoFile) is { } current
        && current.Pid != _told!.Pid
        && current.Pid != _written?.Pid
        && !StaleDevInfo.IsStale(installed.DevInfoFile, current);
}
