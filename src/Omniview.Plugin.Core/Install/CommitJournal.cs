using System.Text.Json;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// What a commit is going to do to a folder, written down before it begins and deleted when it is done. While there is
/// one, the folder may be a mixture; by it whoever comes after a killed process takes the commit back.
/// </summary>
/// <param name="Steps">In their order; the staged and the kept file of each are named by its index.</param>
/// <param name="NewFolders">Folders that the commit makes, parents first; relative.</param>
internal sealed record CommitJournal(IReadOnlyList<JournalStep> Steps, IReadOnlyList<string> NewFolders)
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Null when no commit was begun. Written before it begins, the journal of a killed process is always whole.
    /// </summary>
    /// <exception cref="IOException">There is one that can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static CommitJournal? Read(StagingFolder staging)
    {
        try
        {
            return JsonSerializer.Deserialize(RegularFile.ReadAllBytes(
                staging.Journal, MostBytes, followLink: false), CommitJournalJson.Default.CommitJournal);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // a power failure, after an install that did not wait for the disk: the next one replaces what differs
            return null;
        }
    }

    public void Write(StagingFolder staging, bool durable) =>
        AtomicFile.Write(
            staging.Journal,
            JsonSerializer.SerializeToUtf8Bytes(this, CommitJournalJson.Default.CommitJournal),
            Permissions.OwnerFile,
            durable);

    /// <summary>
    /// Makes the folder what it was before the commit. May be done again after it was interrupted itself.
    /// </summary>
    /// <exception cref="IOException">The file system refuses: the folder is a mixture, and the journal
    /// stays.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void RollBack(StagingFolder staging)
    {
        for (var step = Steps.Count - 1; step >= 0; step--)
        {
            if (FileFacts.Of(staging.New(step)) is null) // else it was never put in its place
            {
                RollBack(Steps[step], staging.Old(step), staging.Place(Steps[step].Path));
            }
        }

        foreach (var folder in NewFolders.Reverse())
        {
            EmptyFolders.TryDeleteOne(staging.Place(folder));
        }
    }

    private static void RollBack(JournalStep step, string old, string place)
    {
        if (!step.Replaces)
        {
            if (Directory.Exists(Path.GetDirectoryName(place)))
            {
                File.Delete(place);
            }
        }
        else if (FileFacts.Of(old) is not null) // else it never left its place, or is back
        {
            Permissions.CreateFolder(Path.GetDirectoryName(place)!, Permissions.Runnable);
            FileReplacement.Move(old, place);
        }
    }
}
