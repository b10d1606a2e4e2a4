using System.Text;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// A short message of several lines as one line. MSBuild's console logger repeats place and code before each line, so to
/// whoever reads its output, person or problem matcher, one problem would look like several.
/// </summary>
internal static class SingleLine
{
    private const int MaxLength = 500; // what is longer, as a failed test's output may be, is read better as it is

    public static string Of(string message)
    {
        var text = new StringBuilder();
        foreach (var line in message.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            text.Append(text.Length == 0 ? "" : text[^1] is ':' or ';' or ',' ? " " : "; ").Append(line);
        }

        return text.Length is > 0 and <= MaxLength ? text.ToString() : message;
    }
}
