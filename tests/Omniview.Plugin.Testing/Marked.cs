using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Testing;

/// <summary>
/// Finds the processes of one test: everything it starts inherits a variable with the test's own mark.
/// </summary>
internal static class Marked
{
    public const string Variable = "OVP_TEST_MARK";

    /// <summary>PID and command line of all living processes with the mark.</summary>
    public static List<string> Processes(string mark)
    {
        var needle = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        var found = new List<string>();
        foreach (
            var folder in Directory
                .EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var environment = File.ReadAllBytes($"{folder}/environ");
                var command = File.ReadAllText($"{folder}/cmdline");
                if (environment.AsSpan().IndexOf(needle) >= 0 && !IsStartingAnother(folder, command))
                {
                    found.Add($"{Path.GetFileName(folder)} {command.Replace('\0', ' ')}");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // gone, or another user's
            }
        }

        return found;
    }

    /// <summary>Between fork and exec a child looks like its parent, which is counted already.</summary>
    private static bool IsStartingAnother(string folder, string command)
    {
        var parent = File.ReadAllText($"{folder}/stat").Split(") ")[^1].Split(' ')[1];
        return parent != "0" && File.ReadAllText($"/proc/{parent}/cmdline") == command;
    }
}
