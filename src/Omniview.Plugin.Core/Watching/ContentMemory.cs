using Omniview.Plugin.Core.Go;

namespace Omniview.Plugin.Core.Watching;

/// <summary>Remembers what files held, so that a save without a change is no change.</summary>
public sealed class ContentMemory
{
    private const int LargestSource = 16 * 1024 * 1024;

    private readonly Dictionary<string, (ulong? Hash, string? Imports)> _files = new(StringComparer.Ordinal);

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
        _files[path] = now.Hash == ContentHash.OfNothing ? (now.Hash, before.Imports) : now; // what it will import is yet to be written
        return differs;
    }

    /// <summary>Whether the file holds what it held when it was last looked at.</summary>
    public bool Remembers(string path) => _files.TryGetValue(path, out var before) && Look(path)?.Hash is { } hash && hash == before.Hash;

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

    /// <summary>Whether any of these files changed, or one that was there is no longer: for when nobody says which did.</summary>
    public bool HaveChanged(IEnumerable<string> files)
    {
        var changed = false;
        foreach (var path in files.Union(_files.Keys.ToList(), StringComparer.Ordinal))
        {
            changed |= HasChanged(path);
        }

        return changed;
    }

    /// <summary>Whether the file, when last looked at, was there and held nothing: most programs empty a file before they write it.</summary>
    public bool WasEmpty(string path) => _files.TryGetValue(path, out var file) && file.Hash == ContentHash.OfNothing;

    /// <summary>What a Go file, as it was when last looked at, says about the files the program is made of; null for all else.</summary>
    public string? ImportsOf(string path) => _files.TryGetValue(path, out var file) ? file.Imports : null;

    /// <summary>Null for a folder or an unreadable file: assume the worst.</summary>
    private static (ulong? Hash, string? Imports)? Look(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return null;
            }

            using var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
            if (!path.EndsWith(".go", StringComparison.Ordinal) || stream.Length > LargestSource)
            {
                return (ContentHash.Of(stream), null);
            }

            var content = new byte[stream.Length];
            var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return (ContentHash.Of(content.AsSpan(0, read)), GoImports.Of(content.AsSpan(0, read)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (Hash: null, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
