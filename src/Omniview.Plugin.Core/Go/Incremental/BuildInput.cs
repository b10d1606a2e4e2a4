using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// What was at a path when it was last looked at; a later look tells whether it is still that. The system's facts
/// decide, and the content only where they can't: after a change of them, and when a file was written so shortly before
/// the last look that a further write may have left its times as they were ("racily clean", as git's index knows it).
/// </summary>
internal sealed class BuildInput
{
    private const int LargestContent = 64 * 1024 * 1024; // beyond that the facts alone decide
    private const int MostTries = 3;

    private readonly bool _hasContent;
    private FileFacts? _name;
    private FileFacts? _facts;
    private ulong? _hash;
    private long _lookedAt;

    /// <param name="path">Absolute path; nothing need be there.</param>
    /// <param name="hasContent">Whether another content counts, or only another file: what is large and never rewritten
    /// in place.</param>
    public BuildInput(string path, bool hasContent = true)
    {
        (Path, _hasContent) = (path, hasContent);
        (_, Head) = Read();
    }

    public string Path { get; }

    /// <summary>What a Go file says about the files its program is made of; null for all else.</summary>
    public string? Head { get; private set; }

    /// <summary>Whether a file with content is there.</summary>
    public bool IsFile => _facts?.Kind == FileKind.File;

    /// <summary>In nanoseconds since 1970: from when on a write is certain to show in the times.</summary>
    public long SettledAt => FileMoment.Settled(_name, _facts);

    /// <summary>Looks again. From here on, what is there now is what was last there.</summary>
    /// <returns>False when something else is there, or it holds something else.</returns>
    public bool IsSame()
    {
        var (name, facts) = Facts();
        if (name == _name && facts == _facts && (!_hasContent || SettledAt < _lookedAt))
        {
            return true;
        }

        var (kind, hash) = (Kinds, _hash);
        if (!IsFile && kind == (name?.Kind, facts?.Kind))
        {
            return true; // of a folder, or of what is never opened, only that it is there counts
        }

        if (!_hasContent)
        {
            (_name, _facts) = (name, facts);
            return false;
        }

        var (isSure, head) = Read();
        Head = head;
        return isSure && kind == Kinds && hash == _hash;
    }

    private (FileKind? Name, FileKind? Behind) Kinds => (_name?.Kind, _facts?.Kind);

    private (FileFacts? Name, FileFacts? Behind) Facts()
    {
        var name = FileFacts.Of(Path);
        return (name, name?.Kind == FileKind.Link ? FileFacts.Behind(Path) : name);
    }

    /// <summary>Takes note of facts and content that belong together.</summary>
    private (bool IsSure, string? Head) Read()
    {
        for (var left = MostTries; ; left--)
        {
            _lookedAt = FileMoment.Now;
            (_name, _facts) = Facts();
            _hash = null;
            if (!_hasContent || !IsFile || _facts!.Value.Size > LargestContent)
            {
                _hash = IsFile && _facts!.Value is var large
                    ? (ulong)HashCode.Combine(large.Size, large.Modified, large.Changed, large.Inode)
                    : null;
                return (true, null);
            }

            string? head = null;
            try
            {
                var content = RegularFile.ReadAllBytes(Path, LargestContent);
                _hash = ContentHash.Of(content);
                head = Path.EndsWith(".go", StringComparison.Ordinal) ? GoImports.Of(content) : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // gone, or not to be read: what go says of it, go is to say
            }

            if (_hash is not null && Facts() == (_name, _facts))
            {
                return (true, head);
            }

            if (left == 0)
            {
                return (false, head); // it is written all the time
            }
        }
    }
}
