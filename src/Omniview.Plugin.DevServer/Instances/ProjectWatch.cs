using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Whether the project's folder is there and whether plugin.yaml is another. Looked at rather than watched: a watch
/// goes along with a folder that is moved, ends with one that is deleted, and never tells of the one that comes in its
/// place.
/// </summary>
/// <param name="folder">Absolute path.</param>
/// <param name="gone">The folder is not there or can't be read, and why.</param>
/// <param name="back">It is there again, or another folder has its path.</param>
/// <param name="manifestChanged">plugin.yaml was written, removed or put back.</param>
internal sealed class ProjectWatch(string folder, Action<string> gone, Action back, Action manifestChanged)
{
    // looks; a folder that can't be listed any more is rare, and to find that out is not free
    private const int ListEvery = 6;

    private readonly FileInfo _manifest = new(Path.Combine(folder, ManifestReader.FileName));
    private (DateTime Written, long Length) _stamp = Stamp(new FileInfo(Path.Combine(folder, ManifestReader.FileName)));
    private (ulong? Device, ulong? Inode) _identity = Identity(folder);
    private bool _wasThere = true;
    private int _looks;

    /// <summary>Looks once; not by two at a time.</summary>
    public void Look()
    {
        var before = _stamp;
        _stamp = Stamp(_manifest);
        var identity = _identity;
        _identity = Identity(folder);
        var why = _wasThere && _identity == identity && _stamp == before && _stamp != default
            && ++_looks % ListEvery != 0
            ? null
            : WhyGone();
        if (why is not null)
        {
            if (_wasThere)
            {
                gone(why);
            }
        }
        else if (!_wasThere || _identity != identity)
        {
            back();
        }
        else if (_stamp != before)
        {
            manifestChanged();
        }

        _wasThere = why is null;
    }

    private static (ulong? Device, ulong? Inode) Identity(string folder) =>
        FileFacts.Behind(folder) is { } facts ? (facts.Device, facts.Inode) : default;

    private string? WhyGone()
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            entries.MoveNext();
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return "it was deleted or moved";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static (DateTime Written, long Length) Stamp(FileInfo manifest)
    {
        manifest.Refresh();
        return manifest.Exists ? (manifest.LastWriteTimeUtc, manifest.Length) : default;
    }
}
