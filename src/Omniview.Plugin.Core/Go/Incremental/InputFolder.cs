using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>Which names there were in a folder when it was last looked at.</summary>
internal sealed class InputFolder
{
    private readonly Predicate<string> _counts;
    private readonly HashSet<string> _names;
    private readonly (FileKind? Kind, ulong? Device, ulong? Inode, FileKind? Name) _identity;
    private FileFacts? _facts;
    private long _lookedAt;

    /// <param name="path">Absolute path; nothing need be there.</param>
    /// <param name="counts">Which names matter.</param>
    public InputFolder(string path, Predicate<string> counts)
    {
        (Path, _counts) = (path, counts);
        (_lookedAt, _facts) = (FileMoment.Now, FileFacts.Behind(path));
        _identity = Identity();
        _names = Names();
    }

    public string Path { get; }

    public IEnumerable<string> Entries => _names.Select(name => System.IO.Path.Combine(Path, name));

    /// <inheritdoc cref="BuildInput.SettledAt"/>
    public long SettledAt => FileMoment.Settled(null, _facts);

    /// <summary>Looks again: false when it is another folder, or a name came or went.</summary>
    public bool IsSame()
    {
        var now = FileMoment.Now;
        var facts = FileFacts.Behind(Path);
        if (facts == _facts && SettledAt < _lookedAt)
        {
            return true;
        }

        (_lookedAt, _facts) = (now, facts);
        return Identity() == _identity && Names().SetEquals(_names);
    }

    private (FileKind?, ulong?, ulong?, FileKind?) Identity() =>
        (_facts?.Kind, _facts?.Device, _facts?.Inode, FileFacts.Of(Path)?.Kind);

    private HashSet<string> Names()
    {
        try
        {
            return _facts?.Kind == FileKind.Folder
                ?
                [
                    .. Directory
                        .EnumerateFileSystemEntries(Path, "*", Everything)
                        .Select(System.IO.Path.GetFileName)
                        .OfType<string>()
                        .Where(name => _counts(name)),
                ]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // gone meanwhile, or not to be read
        }
    }

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        MatchType = MatchType.Simple,
        IgnoreInaccessible = false,
    };
}
