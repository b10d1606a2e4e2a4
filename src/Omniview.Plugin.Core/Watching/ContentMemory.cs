using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Watching;

/// <summary>Remembers what files held, so that a save without a change is no change.</summary>
internal sealed class ContentMemory
{
    private const int LargestSource = 16 * 1024 * 1024;
    private const long LargestContent = 64 * 1024 * 1024;

    private readonly Dictionary<string, Content> _files = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the content differs from when it was last looked at. A file never seen before
    /// counts as changed, and a folder always does.
    /// </summary>
    public bool HasChanged(string path)
    {
        if (Look(path) is not { } now)
        {
            _files.Remove(path); // its end must count too
            return true;
        }

        var differs = !_files.TryGetValue(path, out var before) || now.Hash != before.Hash;
        // what it will import is yet to be written
        _files[path] = now.Hash == ContentHash.OfNothing ? now with { Imports = before.Imports } : now;
        return differs;
    }

    /// <summary>Whether it has seen this file, or one in this folder.</summary>
    public bool Knows(string path) =>
        _files.ContainsKey(path) || _files.Keys.Any(file => PathNames.IsBelow(file, path));

    /// <summary>
    /// What the Go files, as they were when last looked at, embed: files, and folders with all in them.
    /// </summary>
    public IEnumerable<string> Embedded() =>
        _files.Where(file => file.Value.Imports is not null).SelectMany(
            file => GoEmbeds.Roots(file.Value.Imports!, Path.GetDirectoryName(file.Key)!));

    /// <summary>Takes note of what the file holds now, unless it is known; false when it was known.</summary>
    public bool Learn(string path)
    {
        if (_files.ContainsKey(path) || Look(path) is not { } now)
        {
            return false;
        }

        _files[path] = now;
        return true;
    }

    /// <summary>Forgets all other files: when one of them is looked at again, it counts as changed.</summary>
    public void KeepOnly(IEnumerable<string> files)
    {
        var kept = files.ToHashSet(StringComparer.Ordinal);
        foreach (var path in _files.Keys.Where(path => !kept.Contains(path)))
        {
            _files.Remove(path); // allowed while they are gone through
        }
    }

    /// <summary>
    /// Whether any of these files changed, or one that was there is no longer: for when nobody says which did.
    /// </summary>
    /// <param name="files">The files there are.</param>
    /// <param name="folder">Leaves out those that are not in it; null for all.</param>
    public bool HaveChanged(IEnumerable<string> files, string? folder = null)
    {
        var changed = false;
        foreach (
            var path in files
                .Union(_files.Keys.ToList(), StringComparer.Ordinal)
                .Where(path => folder is null || PathNames.IsBelow(path, folder)))
        {
            changed |= HasChanged(path);
        }

        return changed;
    }

    /// <summary>
    /// Whether the file, when last looked at, was there and held nothing: most programs empty a file before they write
    /// it.
    /// </summary>
    public bool WasEmpty(string path) => _files.TryGetValue(path, out var file) && file.Hash == ContentHash.OfNothing;

    /// <summary>
    /// What a Go file, as it was when last looked at, says about the files the program is made of; null for all else.
    /// </summary>
    public string? ImportsOf(string path) => _files.TryGetValue(path, out var file) ? file.Imports : null;

    /// <summary>
    /// When a file had been written when it was last looked at, in nanoseconds since 1970; null for all else.
    /// </summary>
    public long? WrittenAt(string path) => _files.TryGetValue(path, out var file) ? file.Written : null;

    /// <summary>Null for a folder or an unreadable file: assume the worst.</summary>
    private static Content? Look(string path)
    {
        try
        {
            var facts = FileFacts.Behind(path);
            if (facts?.Kind == FileKind.Folder)
            {
                return null;
            }

            if (facts is { Kind: not FileKind.File } or { Size: > LargestContent })
            {
                // A pipe or a device is never opened, and what is that large is no source: its times and its length
                // have to do.
                var hash = facts is { Kind: FileKind.File, Size: var size, Modified: var modified }
                    ? (ulong)HashCode.Combine(size, modified)
                    : 0;
                return new Content(hash, Imports: null, facts?.Modified);
            }

            using var stream = RegularFile.Open(path);
            if (!path.EndsWith(".go", StringComparison.Ordinal) || stream.Length > LargestSource)
            {
                return new Content(ContentHash.Of(stream), Imports: null, facts?.Modified);
            }

            var content = new byte[stream.Length];
            var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            var text = content.AsSpan(0, read);
            return new Content(ContentHash.Of(text), GoImports.Of(text), facts?.Modified);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Content(Hash: null, Imports: null, Written: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="Hash">Null when there is no file.</param>
    /// <param name="Imports">What a Go file says about the files the program is made of.</param>
    /// <param name="Written">When it had been written when it was read, in nanoseconds since 1970.</param>
    private readonly record struct Content(ulong? Hash, string? Imports, long? Written);
}
