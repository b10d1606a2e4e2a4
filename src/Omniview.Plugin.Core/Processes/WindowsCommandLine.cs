using System.Text;

namespace Omniview.Plugin.Core.Processes;

/// <summary>A program and its arguments in one string, which is all that a process of Windows is given.</summary>
internal static class WindowsCommandLine
{
    /// <summary>As the C runtime takes it apart again: a quote, and backslashes before one, need a backslash.</summary>
    public static string Of(IEnumerable<string> command)
    {
        var line = new StringBuilder();
        foreach (var argument in command)
        {
            line.Append(line.Length > 0 ? " \"" : "\"");
            var backslashes = 0;
            foreach (var character in argument)
            {
                line.Append('\\', character == '"' ? backslashes + 1 : 0).Append(character);
                backslashes = character == '\\' ? backslashes + 1 : 0;
            }

            line.Append('\\', backslashes).Append('"');
        }

        return line.ToString();
    }
}
