using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>
/// A colour for each source of a log line, and for what is wrong. The text is that of the plain lines.
/// </summary>
internal sealed class ColouredLines : LineStyle
{
    public override string Log(LogEntry entry)
    {
        var time = Timestamp.TimeOfDay(entry.Timestamp);
        var level = entry.Level switch
        {
            "error" => Ansi.Colour(Ansi.Red, "error: "),
            "warn" => Ansi.Colour(Ansi.Yellow, "warn: "),
            _ => "",
        };
        return $"{Ansi.Colour(Ansi.Dim, time)} {Ansi.Colour(Of(entry.Source), $"[{entry.Source}]")} " +
            $"{level}{TerminalText.Neutralise(entry.Message)}";
    }

    public override string Problem(BuildError problem)
    {
        var text = base.Problem(problem);
        var word = $": {problem.Severity} {problem.Code}: ";
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return at < 0
            ? text
            : $"{text[..at]}: {Ansi.Colour(problem.Severity == "error" ? Ansi.Red : Ansi.Yellow, word[2..^2])}: " +
                $"{text[(at + word.Length)..]}";
    }

    private static string Of(string source) => source switch
    {
        LogSource.Vite => Ansi.Magenta,
        LogSource.Plugin => Ansi.Green,
        LogSource.Manager => Ansi.Blue,
        _ => Ansi.Cyan,
    };
}
