using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// Files of a folder that change together: all of them, or none, also when the process is killed in the middle. Whoever
/// takes the <see cref="InstallLock"/> next rolls back what was not done. The lock is held meanwhile.
/// </summary>
/// <param name="root">Absolute path of the folder.</param>
/// <param name="subject">What the folder holds, as the first words of a sentence.</param>
/// <param name="durable">See <see cref="InstallRequest.Durable"/>.</param>
/// <param name="problem">Makes a problem of what was thrown, the file it happened at, and a sentence about what is
/// there now.</param>
internal sealed class StagedChanges(
    string root,
    string subject,
    bool durable,
    Func<Exception, string, string, DiagnosticException> problem
) : IDisposable
{
    private readonly StagingFolder _staging = new(root);
    private readonly List<StagedFile> _files = [];
    private readonly List<string> _removed = [];
    private bool _isMixture;

    public IEnumerable<string> Destinations => _files.Select(file => file.Destination);

    /// <summary>Writes the file into the staging folder, unless its place already holds the same.</summary>
    /// <exception cref="DiagnosticException">The file system refuses.</exception>
    public void Stage(PlannedFile file) => Guard(file.Destination, () =>
    {
        if (!FileContent.IsInstalled(file.Source, file.Destination, file.Mode))
        {
            RequireNoFolder(file.Destination);
            _staging.Create();
            _files.Add(StagedFile.From(file.Source, file.Destination, file.Mode, durable, _staging.New(_files.Count)));
        }
    });

    /// <summary>
    /// A file or a link that goes, with the folders this leaves empty, after all new files are in place.
    /// </summary>
    public void Remove(string file) => _removed.Add(file);

    /// <summary>Puts the files in place in the order they were staged.</summary>
    /// <exception cref="DiagnosticException">The file system refuses.</exception>
    public void Commit()
    {
        var journal = Guard(root, Plan);
        var isAtomic = journal.Steps.Count <= 1; // one rename is so by itself: nothing to keep, no journal
        if (!isAtomic)
        {
            Keep(journal);
        }

        var at = root;
        try
        {
            foreach (var folder in journal.NewFolders)
            {
                at = Path.Combine(root, folder);
                Permissions.CreateFolder(at, Permissions.Runnable);
            }

            foreach (var file in _files)
            {
                at = file.Destination;
                file.Commit();
            }

            for (var index = 0; index < _removed.Count; index++)
            {
                at = _removed[index];
                TakeAway(at, _files.Count + index);
            }

            at = root;
            if (!isAtomic)
            {
                File.Delete(_staging.Journal); // from here on the new files hold
            }
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw problem(e, at, RollBack(journal));
        }
    }

    public void Dispose()
    {
        if (_isMixture)
        {
            return;
        }

        try
        {
            _staging.Remove();
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            // whoever takes the lock next tries again
        }
    }

    private CommitJournal Plan()
    {
        List<JournalStep> steps = [.. Destinations.Select(
            file => new JournalStep(Named(file), FileFacts.Of(file) is not null))];
        steps.AddRange(_removed.Select(file => new JournalStep(Named(file), Replaces: true)));
        return new CommitJournal(steps, [.. NewFolders().Select(_staging.Relative)]);
    }

    private string Named(string file)
    {
        var relative = _staging.Relative(file);
        return _staging.Place(relative) == file ? relative : throw new IOException($"{file} is no file of {root}");
    }

    /// <summary>Parents first.</summary>
    private SortedSet<string> NewFolders()
    {
        SortedSet<string> folders = new(StringComparer.Ordinal);
        foreach (var file in Destinations)
        {
            for (var folder = Path.GetDirectoryName(file)!; !Directory.Exists(folder) && folders.Add(folder);)
            {
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        return folders;
    }

    /// <summary>Gives what is going to be replaced a second name, and writes the journal.</summary>
    private void Keep(CommitJournal journal)
    {
        for (var step = 0; step < _files.Count; step++)
        {
            var (file, number) = (_files[step].Destination, step);
            if (journal.Steps[step].Replaces)
            {
                Guard(file, () => HardLink.CreateOrCopy(file, _staging.Old(number)));
            }
        }

        Guard(root, () => journal.Write(_staging, durable));
    }

    private void TakeAway(string file, int step)
    {
        _staging.Create();
        FileReplacement.Move(file, _staging.Old(step));
        for (var folder = Path.GetDirectoryName(file)!; folder != root && EmptyFolders.TryDeleteOne(folder);)
        {
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private string RollBack(CommitJournal journal)
    {
        try
        {
            journal.RollBack(_staging);
            return $"{subject} is unchanged.";
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            _isMixture = true;
            return $"{subject} is a mixture of the old and the new one, as it could not be taken back either: " +
                $"{e.Message.TrimEnd('.')}. The next install tries that again.";
        }
    }

    private static void RequireNoFolder(string file)
    {
        if (Directory.Exists(file))
        {
            throw new IOException("a folder has this name");
        }
    }

    private void Guard(string file, Action action) => Guard(file, () =>
    {
        action();
        return true;
    });

    private T Guard<T>(string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw problem(e, file, $"{subject} is unchanged.");
        }
    }
}
