namespace Omniview.Plugin.Core.Files;

/// <summary>What is left of a folder tree when its files are gone.</summary>
internal static class EmptyFolders
{
    /// <summary>
    /// Deletes the folder and those below it, as far as they hold no file. A missing folder is no problem.
    /// </summary>
    public static void DeleteTree(string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (var child in Directory.EnumerateDirectories(folder))
            {
                DeleteTree(child);
            }

            DeleteOne(folder);
        }
    }

    /// <summary>
    /// Deletes the folder if there is nothing in it: what anybody put there meanwhile stays. False when it can't be
    /// deleted.
    /// </summary>
    public static bool TryDeleteOne(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the folder if there is one, with nothing in it.</summary>
    public static void DeleteOne(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
