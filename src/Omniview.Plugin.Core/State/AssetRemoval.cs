namespace Omniview.Plugin.Core.State;

/// <summary>Takes away what a new build of the UI no longer has. Runs after everything new is in place.</summary>
internal static class AssetRemoval
{
    /// <exception cref="Diagnostics.DiagnosticException">OVP4002: a file can't be deleted; the new plugin is installed.</exception>
    public static void Remove(string assets, IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            try
            {
                Delete(file);
                RemoveEmptied(assets, Path.GetDirectoryName(file)!);
            }
            catch (Exception e) when (TransferProblem.IsOne(e))
            {
                throw TransferProblem.Of(e, file, "The new plugin is installed; only this file of the one before could not be removed.");
            }
        }
    }

    // A link to a folder is a directory to Windows, and a file to unlink(2).
    private static void Delete(string file)
    {
        if (OperatingSystem.IsWindows() && Directory.Exists(file))
        {
            Directory.Delete(file);
        }
        else
        {
            File.Delete(file);
        }
    }

    private static void RemoveEmptied(string assets, string folder)
    {
        for (; folder != assets && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }
    }
}
