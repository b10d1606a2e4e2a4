using Omniview.Plugin.Core.DevInfo;

namespace Omniview.Plugin.DevServer.External;

/// <summary>Removes a <c>.devinfo</c> whose process is dead, and never one that has just been written in its place.</summary>
internal static class StaleDevInfo
{
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
