using System.Globalization;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// Where new files lie until all of them are there, and those they replace until all are in place: a folder in the one
/// that is changed, so that each gets there by a rename. Only who holds the <see cref="InstallLock"/> touches it.
/// </summary>
/// <param name="root">Absolute path of the folder that is changed.</param>
internal sealed class StagingFolder(string root)
{
    public const string Name = ".ovp.install";

    private const string NewPrefix = "new-";
    private const string OldPrefix = "old-";
    private const string JournalName = "journal.json";

    private readonly string _path = Path.Combine(root, Name);

    public string Journal => Path.Combine(_path, JournalName);

    /// <summary>New content of a step of the commit.</summary>
    public string New(int step) => Numbered(NewPrefix, step);

    /// <summary>What had the step's place before.</summary>
    public string Old(int step) => Numbered(OldPrefix, step);

    public string Relative(string place) => Path.GetRelativePath(root, place);

    /// <exception cref="IOException">It leads out of the folder that is changed.</exception>
    public string Place(string relative)
    {
        var place = Path.GetFullPath(Path.Combine(root, relative));
        if (!PathNames.IsBelow(place, root))
        {
            throw new IOException($"{Journal} names {relative}, which is not in {root}");
        }

        for (
            var folder = Path.GetDirectoryName(place)!;
            folder.Length > root.Length;
            folder = Path.GetDirectoryName(folder)!)
        {
            if (FileFacts.Of(folder) is { Kind: FileKind.Link })
            {
                throw new IOException($"{folder} is a link: what is written there would land elsewhere");
            }
        }

        return place;
    }

    public void Create() => Permissions.CreateFolder(_path, Permissions.OwnerFolder);

    /// <summary>
    /// Ends what a killed process began: a commit is rolled back, and what was staged goes. True when there was a
    /// commit.
    /// </summary>
    /// <exception cref="IOException">The file system refuses, or another user's process was it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public bool Recover()
    {
        if (FileFacts.Of(_path) is not { } facts)
        {
            return false;
        }

        if (facts.Kind != FileKind.Folder)
        {
            File.Delete(_path); // the name, not what a link leads to
            return false;
        }

        if (!facts.IsOwn && FileFacts.Self != 0)
        {
            throw new IOException(
                $"{_path} was left by another user's install: let that user install again, or remove it");
        }

        var journal = CommitJournal.Read(this);
        journal?.RollBack(this);
        Remove();
        return journal is not null;
    }

    /// <summary>Removes it with all that we put there; the journal first, as it needs the others.</summary>
    public void Remove()
    {
        if (FileFacts.Of(_path) is not { Kind: FileKind.Folder })
        {
            return;
        }

        File.Delete(Journal);
        foreach (var file in Directory.EnumerateFileSystemEntries(_path).Where(IsOurs))
        {
            if (!Temporaries.TryDelete(file) && OperatingSystem.IsWindows())
            {
                FileReplacement.Move(file, Temporaries.Discarded(_path)); // still running
            }
        }

        EmptyFolders.TryDeleteOne(_path);
    }

    private static bool IsOurs(string file) =>
        Path.GetFileName(file) is var name
        && (
            name.StartsWith(NewPrefix, StringComparison.Ordinal)
            || name.StartsWith(OldPrefix, StringComparison.Ordinal)
            || Temporaries.IsOne(name));

    private string Numbered(string prefix, int step) =>
        Path.Combine(_path, prefix + step.ToString(CultureInfo.InvariantCulture));
}
