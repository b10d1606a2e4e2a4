using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Hosting;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>Which lines of a log are wanted.</summary>
/// <param name="sources">Empty for all.</param>
/// <param name="levels">Those to be shown.</param>
/// <param name="pattern">What the message has to match, or null.</param>
internal sealed class LogFilter(IReadOnlyList<string> sources, IReadOnlyList<string> levels, string? pattern)
{
    private readonly Regex? _pattern = Pattern(pattern);

    public bool Wants(LogEntry entry) =>
        (sources.Count == 0 || sources.Contains(entry.Source)) && levels.Contains(entry.Level) && _pattern?.IsMatch(entry.Message) != false;

    /// <summary>NonBacktracking: no pattern takes longer than the line is long.</summary>
    /// <exception cref="RegexParseException">It is none.</exception>
    public static Regex? Pattern(string? text)
    {
        try
        {
            return text is null ? null : new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(text!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)); // look-arounds and back references
        }
    }
}
