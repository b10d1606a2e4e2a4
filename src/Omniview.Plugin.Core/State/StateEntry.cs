using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.State;

/// <summary>Something we keep under a name of our own.</summary>
/// <param name="Pattern">Its name, with <c>*</c> for what differs.</param>
/// <param name="Kind">What it has to be.</param>
internal sealed record StateEntry(string Pattern, StateEntryKind Kind)
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        MatchCasing = MatchCasing.CaseSensitive,
    };

    /// <summary>All there are of it in a folder.</summary>
    public IEnumerable<string> In(string folder) => Directory.EnumerateFileSystemEntries(folder, Pattern, Everything);

    /// <summary>Sets those aside that can't be what they have to be; what there is to tell about each.</summary>
    public IEnumerable<Diagnostic> SetWrongAside(string folder) =>
        from path in In(folder).ToList()
        let why = Objection(path)
        where why is not null
        select StateFile.SetAside(path, why);

    private string? Objection(string path)
    {
        try
        {
            switch (Kind)
            {
                case StateEntryKind.Folder:
                    return FileFacts.Of(path) is { Kind: not (FileKind.Folder or FileKind.Link) and var kind }
                        ? $"'{path}' is {NotARegularFileException.Name(kind)}, not a folder"
                        : FolderTrust.Objection(path, mayBeLink: false)?.What;
                case StateEntryKind.Text:
                    StateFile.Read(path);
                    return null;
                case StateEntryKind.Log:
                    StateFile.Open(path).Dispose();
                    return !OperatingSystem.IsWindows()
                        && FileFacts.Of(path)?.Mode.HasFlag(UnixFileMode.UserWrite) == false
                        ? $"'{path}' can't be written"
                        : null;
                default:
                    return null; // a lock that is taken must stay where it is
            }
        }
        catch (FileNotFoundException)
        {
            return null; // it has gone meanwhile
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
