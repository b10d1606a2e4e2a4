using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Removes a <c>.devinfo</c> whose process is dead, and never one that has just been written in its place.
/// </summary>
internal static class StaleDevInfo
{
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2); // of start times and of file systems

    /// <summary>Removes those of all plugins of a state directory whose process is dead.</summary>
    public static void RemoveAll(string stateDirectory)
    {
        var plugins = new DirectoryInfo(Path.Combine(stateDirectory, "plugins"));
        var ids = plugins.Exists
            ? plugins.EnumerateDirectories("*", new EnumerationOptions()).Select(folder => folder.Name)
            : [];
        foreach (
            var file in ids.Where(id => PluginId.Problem(id) is null)
                .Select(id => new InstalledPlugin(stateDirectory, id).DevInfoFile))
        {
            if (DevInfoFile.Read(file) is { } devInfo && ProcessIdentity.Of(devInfo.Pid) is null)
            {
                Remove(file, devInfo);
            }
        }
    }

    /// <summary>Whether the process is dead, or another that got its number after the file was written.</summary>
    public static bool IsStale(string file, DevInfoFile devInfo)
    {
        try
        {
            using var process = Process.GetProcessById(devInfo.Pid);
            return process.HasExited
                || process.StartTime.ToUniversalTime() > File.GetLastWriteTimeUtc(file) + ClockGrain;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Win32Exception)
        {
            return false; // another user's, so it is there
        }
    }

    public static void Remove(string file, DevInfoFile stale)
    {
        var aside = $"{file}.{Guid.NewGuid():N}.dead";
        try
        {
            File.Move(file, aside); // what is at the path now is taken away in one step, then looked at
            if (DevInfoFile.Read(aside) == stale)
            {
                File.Delete(aside);
            }
            else
            {
                PutBack(aside, file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // gone already, or not ours to remove
        }
    }

    private static void PutBack(string aside, string file)
    {
        try
        {
            File.Move(aside, file); // does not replace: a still newer one wins
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
