using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Which lines of a log are wanted.</summary>
/// <param name="sources">Empty for all.</param>
/// <param name="levels">Those to be shown.</param>
/// <param name="pattern">What the message has to match, or null.</param>
internal sealed class LogFilter(IReadOnlyList<string> sources, IReadOnlyList<string> levels, string? pattern)
{
    private readonly Regex? _pattern = Pattern(pattern);

    /// <exception cref="DiagnosticException">OVP3051.</exception>
    public bool Wants(LogEntry entry) =>
        (sources.Count == 0 || sources.Contains(entry.Source)) && levels.Contains(entry.Level)
            && Matches(entry.Message);

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
            // look-arounds and back references
            return new Regex(text!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
    }

    /// <exception cref="DiagnosticException">OVP3051: it takes too long, which only the patterns do that
    /// backtrack.</exception>
    private bool Matches(string message)
    {
        try
        {
            return _pattern?.IsMatch(message) != false;
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new DiagnosticException(
                Diagnostic.Error(
                    DiagnosticCodes.PatternTooSlow,
                    $"The pattern {Shown.Text(_pattern!.ToString())} needs more than a second for one line of the " +
                    "log. Leave its look-arounds and back references out, or nested repetitions such as (a+)+."),
                e);
        }
    }
}
