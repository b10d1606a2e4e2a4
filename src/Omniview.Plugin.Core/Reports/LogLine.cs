using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Reports;

/// <summary>A line of a plugin's log as a terminal shows it: <c>time [source] level: text</c>.</summary>
internal static class LogLine
{
    public static string Of(LogEntry entry)
    {
        var level = entry.Level is "info" or "debug" ? "" : $"{entry.Level}: ";
        return $"{Timestamp.TimeOfDay(entry.Timestamp)} [{entry.Source}] " +
            $"{level}{TerminalText.Neutralise(entry.Message)}";
    }
}
