using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.External;

/// <summary>Removes a <c>.devinfo</c> whose process is dead, and never one that has just been written in its place.</summary>
internal static class StaleDevInfo
{
    /// <summary>Removes those of all plugins of a state directory whose process is dead.</summary>
    public static void RemoveAll(string stateDirectory)
    {
        var plugins = new DirectoryInfo(Path.Combine(stateDirectory, "plugins"));
        var ids = plugins.Exists ? plugins.EnumerateDirectories("*", new EnumerationOptions()).Select(folder => folder.Name) : [];
        foreach (var file in ids.Where(id => PluginId.Problem(id) is null).Select(id => new InstalledPlugin(stateDirectory, id).DevInfoFile))
        {
            if (DevInfoFile.Read(file) is { } devInfo && ProcessIdentity.Of(devInfo.Pid) is null)
            {
                Remove(file, devInfo);
            }
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
