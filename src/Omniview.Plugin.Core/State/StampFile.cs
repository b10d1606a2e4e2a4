using System.Text;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.State;

/// <summary>A small text file in obj that says what was done last. It is there whole or not at all.</summary>
internal static class StampFile
{
    private const int Limit = 16 * 1024 * 1024; // one that names each file of a UI's output

    /// <summary>Its lines, none when it is not there or can't be read: the work is then done again.</summary>
    public static string[] Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, Limit, followLink: false))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public static void Write(string file, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        StateFile.Write(file, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), durable: false);
    }
}
