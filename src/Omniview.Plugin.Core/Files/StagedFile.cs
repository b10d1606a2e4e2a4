namespace Omniview.Plugin.Core.Files;

/// <summary>
/// New content for a file, complete under a temporary name. <see cref="Commit"/> puts it in place in one
/// step; disposing removes what was not.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _temporary;

    private StagedFile(string destination, string? temporary)
    {
        Destination = destination;
        _temporary = temporary ?? Temporaries.Beside(destination);
    }

    public string Destination { get; }

    /// <param name="source">Absolute path of the new content.</param>
    /// <param name="destination">Absolute path of its place.</param>
    /// <param name="mode">Set as given, whatever the umask.</param>
    /// <param name="durable">False for what means nothing after a power failure: it is not flushed to the disk.</param>
    /// <param name="temporary">The temporary name, not in use, on the same file system; one beside the place when
    /// null.</param>
    public static StagedFile From(
        string source, string destination, UnixFileMode mode, bool durable, string? temporary = null)
    {
        using var content = FileContent.Open(source);
        return From(content, destination, mode, durable, temporary);
    }

    public static StagedFile From(
        Stream content, string destination, UnixFileMode mode, bool durable, string? temporary = null)
    {
        var staged = new StagedFile(destination, temporary);
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

    public void Commit() => FileReplacement.Replace(_temporary, Destination);

    public void Dispose() => Temporaries.TryDelete(_temporary);

    private void Write(Stream content, UnixFileMode mode, bool durable)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
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
