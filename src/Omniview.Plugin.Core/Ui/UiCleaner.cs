namespace Omniview.Plugin.Core.Ui;

/// <summary>Takes back what a UI build wrote: the files noted in its stamp, and folders that are empty then.</summary>
public static class UiCleaner
{
    /// <param name="stampDirectory">As given to the build.</param>
    /// <param name="outDir">Absolute path of the output folder, usually <c>ui/dist</c>.</param>
    public static void Clean(string stampDirectory, string outDir)
    {
        var stamp = new BuildStamp(stampDirectory, outDir);
        foreach (var file in stamp.NotedOutputs())
        {
            File.Delete(file);
        }

        stamp.Delete();
        DeleteEmptyFolders(outDir);
    }

    private static void DeleteEmptyFolders(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            DeleteEmptyFolders(child);
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
