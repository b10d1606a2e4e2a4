using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.State;

/// <summary>What the holder of a lock writes into its file, for who has to wait: its PID and the name of its program.</summary>
internal static class LockHolder
{
    private const int MostBytes = 1024;

    public static void Write(FileStream held)
    {
        try
        {
            held.SetLength(0);
            var program = Path.GetFileName(Environment.GetCommandLineArgs() is [var first, ..] ? first : Environment.ProcessPath);
            held.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {program}\n")));
        }
        catch (IOException)
        {
            // a full disk: the lock is held all the same
        }
    }

    /// <summary>Who holds it, as the first words of a sentence.</summary>
    public static string Read(string file)
    {
        try
        {
            var text = Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, MostBytes, followLink: false)).Trim().Split(' ', 2);
            if (text is [var number, var program] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ProcessIdentity.Of(pid) is not null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"another install (PID {pid}, {Shown.Text(program)})");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows lets nobody read a file that is held
        }

        return "another install";
    }
}
