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
