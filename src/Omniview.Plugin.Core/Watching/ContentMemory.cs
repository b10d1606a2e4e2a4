using System.Security.Cryptography;

namespace Omniview.Plugin.Core.Watching;

/// <summary>Remembers what files held, so that a save without a change is no change.</summary>
public sealed class ContentMemory
{
    private static readonly byte[] Absent = [];

    private readonly Dictionary<string, byte[]> _hashes = [];

    /// <summary>
    /// Whether the content differs from when it was last looked at. A file never seen before
    /// counts as changed, and a folder always does.
    /// </summary>
    public bool HasChanged(string path)
    {
        if (Hash(path) is not { } now)
        {
            _hashes.Remove(path); // its end must count too
            return true;
        }

        var differs = !_hashes.TryGetValue(path, out var before) || !now.AsSpan().SequenceEqual(before);
        _hashes[path] = now;
        return differs;
    }

    /// <summary>Takes note of what the file holds now, unless it is known; false when it was known.</summary>
    public bool Learn(string path)
    {
        if (_hashes.ContainsKey(path) || Hash(path) is not { } now)
        {
            return false;
        }

        _hashes[path] = now;
        return true;
    }

    /// <summary>Whether any of these files changed, or one that was there is no longer: for when nobody says which did.</summary>
    public bool HaveChanged(IEnumerable<string> files)
    {
        var now = files.ToHashSet(StringComparer.Ordinal);
        var changed = false;
        foreach (var path in now.Union(_hashes.Keys.ToList()))
        {
            changed |= HasChanged(path);
        }

        return changed;
    }

    /// <summary>Null for a folder or an unreadable file: assume the worst.</summary>
    private static byte[]? Hash(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return null;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return SHA256.HashData(stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Absent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
