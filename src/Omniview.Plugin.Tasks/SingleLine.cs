using System.Text;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// A message of several lines as one line, and what of it is better read by itself. MSBuild's console logger repeats
/// place and code before each line, so to whoever reads its output, person or problem matcher, one problem would look
/// like several.
/// </summary>
internal static class SingleLine
{
    private const int MaxLength = 500; // what is longer, as a failed test's output may be, is read better as it is

    /// <summary>All of a short message on one line; of a long one the first line, and the others.</summary>
    public static (string Line, IReadOnlyList<string> Others) Of(string message)
    {
        var lines = message.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        var text = new StringBuilder();
        foreach (var line in lines.Select(line => line.Trim()))
        {
            text.Append(text.Length == 0 ? "" : text[^1] is ':' or ';' or ',' ? " " : "; ").Append(line);
        }

        return lines.Count <= 1 || text.Length <= MaxLength ? (text.ToString(), []) : (lines[0].Trim(), lines[1..]);
    }
}
