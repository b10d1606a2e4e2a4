using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Keeps <c>.devinfo</c> as it is to be while a plugin runs. Put back when someone else removes it: a plugin of the
/// plugin-sdk in its own dev mode deletes the file as it goes, whoever it names, and Omniview does when it finds the
/// process before dead. Never written over that of another program that lives.
/// </summary>
internal sealed class DevInfoKeeper(InstalledPlugin installed, PluginBoard board)
{
    private readonly Lock _lock = new();
    private string? _failure;
    private DevInfoFile? _told;
    private DevInfoFile? _written;

    /// <summary>What the file is to say from now on.</summary>
    public void Tell(DevInfoFile told)
    {
        lock (_lock)
        {
            _told = told;
            Write();
        }
    }

    /// <summary>No plugin runs any more.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            var told = _told;
            (_told, _written) = (null, null);
            told?.RemoveIfStillOurs(installed.DevInfoFile);
        }
    }

    /// <summary>Writes it again if somebody has taken it away.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            if (_told is not null && !File.Exists(installed.DevInfoFile))
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
            watcher = new FileSystemWatcher(installed.Directory, Path.GetFileName(installed.DevInfoFile))
            {
                NotifyFilter = NotifyFilters.FileName,
            };
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
            if (_told is not null && DevInfoFile.Read(installed.DevInfoFile) != _told)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        if (_told is null || IsAnothers())
        {
            return; // what is told is written when the other one has gone
        }

        try
        {
            _told.Write(installed.DevInfoFile);
            (_written, _failure) = (_told, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_failure != e.Message)
            {
                board.Fail(
                    LogSource.Manager, $"{installed.DevInfoFile} can't be written, so Omniview does not find this " +
                        $"plugin: {e.Message}");
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
