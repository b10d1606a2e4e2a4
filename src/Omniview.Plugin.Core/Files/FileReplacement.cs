namespace Omniview.Plugin.Core.Files;

/// <summary>Puts one file in the place of another, in the same file system, in one step.</summary>
internal static class FileReplacement
{
    private const int Attempts = 7; // 10 ms, doubled each time: 1.3 s in all

    public static void Replace(string file, string destination)
    {
        if (OperatingSystem.IsWindows())
        {
            ReplaceOnWindows(file, destination, File.Move);
        }
        else
        {
            File.Move(file, destination, overwrite: true); // rename(2): atomic, also over a running program
        }
    }

    /// <summary>As <see cref="Replace"/>, and also of a link to a folder, which .NET takes for a folder.</summary>
    public static void Move(string file, string destination)
    {
        if (Directory.Exists(file))
        {
            Directory.Move(file, destination);
        }
        else
        {
            Replace(file, destination);
        }
    }

    /// <summary>
    /// Windows replaces no running program (access denied) but lets it be renamed: it goes aside under a temporary name
    /// that a later install removes. Virus scanners and readers without delete sharing hold a file for a moment: try
    /// again.
    /// </summary>
    /// <param name="file">The new file.</param>
    /// <param name="destination">Its place.</param>
    /// <param name="move"><see cref="File.Move(string, string, bool)"/>.</param>
    internal static void ReplaceOnWindows(string file, string destination, Action<string, string, bool> move)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                move(file, destination, true);
                return;
            }
            catch (Exception e) when (attempt < Attempts && IsPassing(e))
            {
                if (e is UnauthorizedAccessException && TryReplaceAside(file, destination, move))
                {
                    return;
                }

                Thread.Sleep(10 << attempt);
            }
        }
    }

    private static bool TryReplaceAside(string file, string destination, Action<string, string, bool> move)
    {
        var aside = Temporaries.Discarded(destination);
        if (!TryMove(destination, aside, move))
        {
            return false;
        }

        if (TryMove(file, destination, move))
        {
            Temporaries.TryDelete(aside);
            return true;
        }

        _ = TryMove(aside, destination, move);
        return false;
    }

    private static bool TryMove(string file, string destination, Action<string, string, bool> move)
    {
        try
        {
            move(file, destination, false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsPassing(Exception e) =>
        e is UnauthorizedAccessException || (e is IOException held && IsHeldOnWindows(held));

    /// <summary>
    /// Whether a program has the file open, or part of it locked, in a way that forbids what was tried.
    /// </summary>
    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
    internal static bool IsHeldOnWindows(IOException e) => (e.HResult & 0xFFFF) is 32 or 33;
}
