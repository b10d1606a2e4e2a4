using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Keeps <c>.devinfo</c> true while a plugin runs: it names that process, and the UI's port only while the UI answers there,
/// since Omniview loads the UI as soon as it sees a port. Put back when someone else removes it: a plugin of the plugin-sdk
/// deletes the file as it goes, whoever it names, and Omniview does when it finds the process before dead.
/// </summary>
internal sealed class DevInfoKeeper(InstalledPlugin installed, PluginBoard board)
{
    private readonly Lock _lock = new();
    private string? _failure;
    private DevInfoFile? _told;
    private int _uiPort;

    /// <summary>This plugin runs from now on.</summary>
    public void Tell(PluginProcess plugin, string version)
    {
        lock (_lock)
        {
            Write(new DevInfoFile(plugin.Id, plugin.Handshake.Protocol, plugin.Handshake.AppProtocolVersion, plugin.Handshake.Address.Address)
            {
                VitePort = _uiPort,
                PluginId = Path.GetFileName(installed.Directory),
                Version = version,
                StartedAt = plugin.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            });
        }
    }

    /// <summary>The UI answers at this port; 0: it does not answer.</summary>
    public void TellUi(int port)
    {
        lock (_lock)
        {
            _uiPort = port;
            if (_told is { } told && told.VitePort != port)
            {
                Write(told with { VitePort = port });
            }
        }
    }

    /// <summary>No plugin runs any more.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            var told = _told;
            _told = null;
            told?.RemoveIfStillOurs(installed.DevInfoFile);
        }
    }

    /// <summary>Writes it again if somebody has taken it away.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            if (_told is { } told && !File.Exists(installed.DevInfoFile))
            {
                Write(told);
            }
        }
    }

    /// <summary>Writes it anew if it says anything else.</summary>
    public void Reassert()
    {
        lock (_lock)
        {
            if (_told is { } told && DevInfoFile.Read(installed.DevInfoFile) != told)
            {
                Write(told);
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

    private void Write(DevInfoFile devInfo)
    {
        _told = devInfo;
        try
        {
            devInfo.Write(installed.DevInfoFile);
            _failure = null;
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
}
