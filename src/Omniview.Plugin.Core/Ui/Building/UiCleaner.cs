using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>Takes back what a UI build wrote: the files noted in its stamp, and folders that are empty then.</summary>
internal static class UiCleaner
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
        EmptyFolders.DeleteTree(outDir);
    }
}
