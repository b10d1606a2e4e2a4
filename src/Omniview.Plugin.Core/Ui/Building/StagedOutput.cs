namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>
/// Builds beside the output folder and puts the result in its place only when it is good. Beside, not elsewhere: source
/// maps name the sources relative to themselves, and a rename within one folder can't run out of space half-way.
/// </summary>
internal sealed class StagedOutput(string outDir)
{
    /// <summary>Where to build.</summary>
    public string Staging { get; } = Sibling(outDir, "new");

    private string Previous { get; } = Sibling(outDir, "old");

    /// <summary>All folders that hold outputs.</summary>
    public IEnumerable<string> Folders => [outDir, Staging, Previous];

    /// <summary>Puts in order what a killed build left behind.</summary>
    public void Recover()
    {
        if (Directory.Exists(Previous) && !Directory.Exists(outDir))
        {
            Directory.Move(Previous, outDir); // it was killed between the two renames
        }

        Delete(Previous);
        Delete(Staging);
    }

    /// <summary>Replaces the output by the new one.</summary>
    /// <exception cref="IOException">Somebody has the old output open (Windows); it is still in its place.</exception>
    public void Commit()
    {
        if (Directory.Exists(outDir))
        {
            Directory.Move(outDir, Previous);
        }

        try
        {
            Directory.Move(Staging, outDir);
        }
        catch (Exception) when (Directory.Exists(Previous) && !Directory.Exists(outDir))
        {
            Directory.Move(Previous, outDir);
            throw;
        }

        Delete(Previous);
    }

    public void Discard() => Delete(Staging);

    /// <summary>The text with the name the folder has once it is in place.</summary>
    public string WithFinalFolder(string text) =>
        text.Replace(Path.GetFileName(Staging), Path.GetFileName(outDir), StringComparison.Ordinal);

    private static void Delete(string folder)
    {
        if (new DirectoryInfo(folder) is { Exists: true } existing)
        {
            existing.Delete(recursive: existing.LinkTarget is null); // a link goes, what it points to stays
        }
    }

    private static string Sibling(string folder, string suffix) =>
        Path.Combine(Path.GetDirectoryName(folder)!, $".{Path.GetFileName(folder)}.omniview-{suffix}");
}
