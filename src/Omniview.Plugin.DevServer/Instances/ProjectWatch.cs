using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// Looks four times a second whether the project's folder is there and whether plugin.yaml is another. Looked at rather
/// than watched: a watch goes along with a folder that is moved, ends with one that is deleted, and never tells of the one
/// that comes in its place.
/// </summary>
internal sealed class ProjectWatch(string folder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _manifest = Path.Combine(folder, ManifestReader.FileName);

    /// <param name="gone">The folder is not there or can't be read, and why.</param>
    /// <param name="back">It is there again.</param>
    /// <param name="manifestChanged">plugin.yaml was written, removed or put back.</param>
    public async Task RunAsync(Action<string> gone, Action back, Action manifestChanged, CancellationToken cancellation)
    {
        var stamp = Stamp();
        var wasThere = true;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            var why = WhyGone();
            var before = stamp;
            stamp = Stamp();
            if (why is not null)
            {
                if (wasThere)
                {
                    gone(why);
                }
            }
            else if (!wasThere)
            {
                back();
            }
            else if (stamp != before)
            {
                manifestChanged();
            }

            wasThere = why is null;
        }
    }

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

    private (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(_manifest);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
