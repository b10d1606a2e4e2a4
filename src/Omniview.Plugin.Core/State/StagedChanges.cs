namespace Omniview.Plugin.Core.State;

/// <summary>Files that change together: all of them get in place, or all stay as they were.</summary>
/// <param name="durable">See <see cref="InstallRequest.Durable"/>.</param>
internal sealed class StagedChanges(bool durable) : IDisposable
{
    private readonly List<StagedFile> _files = [];
    private readonly List<string> _newFolders = [];
    private bool _committed;

    public IEnumerable<string> Destinations => _files.Select(file => file.Destination);

    /// <summary>Writes the file beside its place, unless its place already holds the same.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">OVP4002.</exception>
    public void Stage(PlannedFile file)
    {
        try
        {
            if (FileContent.IsInstalled(file.Source, file.Destination, file.Mode))
            {
                return;
            }

            CreateFolder(Path.GetDirectoryName(file.Destination)!);
            var staged = StagedFile.From(file.Source, file.Destination, file.Mode, durable);
            _files.Add(staged);
            staged.KeepPrevious();
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw TransferProblem.Of(e, file.Destination, "The installed plugin is unchanged.");
        }
    }

    /// <summary>Puts the files in place in the order they were staged.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">OVP4002.</exception>
    public void Commit()
    {
        var done = 0;
        try
        {
            for (; done < _files.Count; done++)
            {
                _files[done].Commit();
            }

            _committed = true;
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw TransferProblem.Of(e, _files[done].Destination, Undo(done));
        }
    }

    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        if (!_committed)
        {
            RemoveNewFolders();
        }
    }

    private string Undo(int done)
    {
        var kept = new List<string>();
        for (var index = done - 1; index >= 0; index--)
        {
            try
            {
                _files[index].Undo();
            }
            catch (Exception e) when (TransferProblem.IsOne(e))
            {
                kept.Add(_files[index].Destination);
            }
        }

        return kept.Count == 0
            ? "The installed plugin is unchanged."
            : $"The installed plugin is a mixture, as these new files could not be taken back: {string.Join(", ", kept)}.";
    }

    private void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        CreateFolder(Path.GetDirectoryName(folder)!);
        Permissions.CreateFolder(folder, Permissions.Runnable);
        _newFolders.Add(folder);
    }

    private void RemoveNewFolders()
    {
        foreach (var folder in _newFolders.AsEnumerable().Reverse())
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (TransferProblem.IsOne(e))
            {
                // someone put something there meanwhile
            }
        }
    }
}
