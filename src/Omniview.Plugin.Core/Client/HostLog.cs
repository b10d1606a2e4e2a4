using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// Keeps the dev host's log from growing without end: at most two files of 10 MiB, give or take a few lines.
/// </summary>
internal static class HostLog
{
    private const long LimitBytes = 10 * 1024 * 1024;

    /// <summary>
    /// Before a host starts: puts a log that has grown too long aside, and makes sure that there is one that can be
    /// written.
    /// </summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Prepare(string log)
    {
        if (IsTooLong(log))
        {
            File.Move(log, Aside(log), overwrite: true);
        }

        Open(log, FileMode.Append).Dispose();
    }

    /// <summary>
    /// While a host runs: copies a log that has grown too long aside and empties it. The host's standard streams are
    /// open on the file itself, for appending, so a move would take them along.
    /// </summary>
    public static void CutBack(string log)
    {
        try
        {
            if (IsTooLong(log))
            {
                using var stream = new FileStream(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                File.Delete(Aside(log)); // not written through: it may be a link
                using (var aside = Open(Aside(log), FileMode.CreateNew))
                {
                    stream.CopyTo(aside);
                }

                stream.SetLength(0);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it goes on growing; the next look may have more luck
        }
    }

    private static string Aside(string log) => log + ".1";

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Permissions.OwnerFile;
        }

        return new FileStream(path, options);
    }

    private static bool IsTooLong(string log) => FileFacts.Of(log) is { Kind: FileKind.File, Size: > LimitBytes };
}
