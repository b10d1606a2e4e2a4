namespace Omniview.Plugin.Core.Files;

/// <summary>Puts one file in the place of another, in the same file system, in one step.</summary>
internal static class FileReplacement
{
    public static void Replace(string file, string destination)
    {
        if (OperatingSystem.IsWindows())
        {
            ReplaceOnWindows(file, destination, WindowsRename.Move);
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
    /// <param name="move">How a file is renamed; the last argument is whether it may replace another.</param>
    internal static void ReplaceOnWindows(string file, string destination, Action<string, string, bool> move)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                move(file, destination, true);
                return;
            }
            catch (Exception e) when (HeldFile.MayPass(attempt) && IsPassing(e))
            {
                if (e is UnauthorizedAccessException && TryReplaceAside(file, destination, move))
                {
                    return;
                }

                HeldFile.Pause(attempt);
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
        e is UnauthorizedAccessException || (e is IOException held && HeldFile.Is(held));
}
