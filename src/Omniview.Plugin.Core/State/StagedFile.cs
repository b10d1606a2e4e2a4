namespace Omniview.Plugin.Core.State;

/// <summary>
/// New content for a file, complete under a temporary name. <see cref="Commit"/> puts it in place in one
/// step; disposing removes what was not.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _temporary;
    private string? _previous;

    private StagedFile(string destination)
    {
        Destination = destination;
        _temporary = Temporaries.Beside(destination);
    }

    public string Destination { get; }

    public static StagedFile From(string source, string destination, UnixFileMode mode, bool durable)
    {
        using var content = FileContent.Open(source);
        return From(content, destination, mode, durable);
    }

    /// <summary>The mode is set as given, whatever the umask.</summary>
    public static StagedFile From(Stream content, string destination, UnixFileMode mode, bool durable)
    {
        var staged = new StagedFile(destination);
        try
        {
            staged.Write(content, mode, durable);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file that is to be replaced a second name, for <see cref="Undo"/>.</summary>
    public void KeepPrevious()
    {
        if (Directory.Exists(Destination))
        {
            throw new IOException("a folder has this name");
        }

        if (Path.Exists(Destination))
        {
            _previous = Temporaries.Discarded(Destination);
            HardLink.CreateOrCopy(Destination, _previous);
        }
    }

    public void Commit() => FileReplacement.Replace(_temporary, Destination);

    /// <summary>After <see cref="KeepPrevious"/> and <see cref="Commit"/>: the state before, the same inode and time included.</summary>
    public void Undo()
    {
        if (_previous is null)
        {
            File.Delete(Destination);
        }
        else
        {
            FileReplacement.Replace(_previous, Destination);
        }
    }

    public void Dispose()
    {
        Temporaries.TryDelete(_temporary);
        if (_previous is not null)
        {
            Temporaries.TryDelete(_previous);
        }
    }

    private void Write(Stream content, UnixFileMode mode, bool durable)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Permissions.OwnerFile;
        }

        using (var file = new FileStream(_temporary, options))
        {
            FileContent.Copy(content, file);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file.SafeFileHandle, mode & Permissions.All);
            }

            file.Flush(flushToDisk: durable);
        }

        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((mode & Execute) != 0)
        {
            OpenWriters.WaitUntilClosed(_temporary);
        }
    }
}
