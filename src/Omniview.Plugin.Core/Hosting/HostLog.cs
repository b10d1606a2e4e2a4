namespace Omniview.Plugin.Core.Hosting;

/// <summary>Keeps the dev host's log from growing without end: at most two files of 10 MiB, give or take a few lines.</summary>
public static class HostLog
{
    private const long LimitBytes = 10 * 1024 * 1024;

    /// <summary>Before a host starts: puts a log that has grown too long aside.</summary>
    public static void MoveAside(string log)
    {
        if (IsTooLong(log))
        {
            File.Move(log, Aside(log), overwrite: true);
        }
    }

    /// <summary>
    /// While a host runs: copies a log that has grown too long aside and empties it. The host's standard streams are open on
    /// the file itself, for appending, so a move would take them along.
    /// </summary>
    public static void CutBack(string log)
    {
        try
        {
            if (IsTooLong(log))
            {
                using var stream = new FileStream(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                using (var aside = new FileStream(Aside(log), FileMode.Create, FileAccess.Write))
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

    private static bool IsTooLong(string log) => new FileInfo(log) is { Exists: true, Length: > LimitBytes };
}
