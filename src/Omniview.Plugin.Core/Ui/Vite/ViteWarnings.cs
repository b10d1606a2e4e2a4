using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// Reads the warnings of a <c>vite build</c>: those at a place in a source of the author. All others stay lines of the
/// log.
/// </summary>
internal static partial class ViteWarnings
{
    /// <param name="output">The lines Vite printed, without colours.</param>
    /// <param name="sources">Of the UI.</param>
    public static IReadOnlyList<Diagnostic> Read(IReadOnlyCollection<string> output, UiSources sources)
    {
        var lines = output.TakeWhile(
            line => !line.StartsWith("error during build:", StringComparison.Ordinal)).ToList();
        List<Diagnostic> found = [];
        for (var index = 0; index < lines.Count; index++)
        {
            if (RollupWarning().Match(lines[index]) is { Success: true } said)
            {
                Add(said.Groups["text"].Value, said, _ => UiSources.Number(said.Groups["column"]) + 1);
            }
            else if (EsbuildPlace().Match(lines[index]) is { Success: true } place && index >= 2
                && EsbuildHeadline().Match(lines[index - 2]) is { Success: true } headline)
            {
                Add(
                    headline.Groups["text"].Value,
                    place,
                    file =>
                        sources.Column(
                            file, UiSources.Number(place.Groups["line"]), UiSources.Number(place.Groups["column"])));
            }
            else if (HtmlPlace().Match(lines[index]) is { Success: true } html && index >= 1)
            {
                Add(lines[index - 1], html, _ => UiSources.Number(html.Groups["column"]));
            }
        }

        return [.. found.Distinct()];

        void Add(string text, Match place, Func<string, int> column)
        {
            if (sources.File(place.Groups["file"].Value) is { } file
                && !file.Replace('\\', '/').Contains("/node_modules/", StringComparison.Ordinal))
            {
                found.Add(
                    sources.AtWord(
                        Diagnostic.Warning(DiagnosticCodes.ViteWarning, text.Trim()),
                        file,
                        UiSources.Number(place.Groups["line"]),
                        column(file)));
            }
        }
    }

    [GeneratedRegex(@"^(?:\[plugin [^\]]+\] )?(?<file>\S.*?) \((?<line>\d{1,9}):(?<column>\d{1,9})\): (?<text>.+)$")]
    private static partial Regex RollupWarning();

    [GeneratedRegex(@"^▲ \[WARNING\] (?<text>.+?)(?: \[[^\]]+\])?$")]
    private static partial Regex EsbuildHeadline();

    [GeneratedRegex(@"^    (?<file>\S.*?):(?<line>\d{1,9}):(?<column>\d{1,9}):$")]
    private static partial Regex EsbuildPlace();

    [GeneratedRegex(@"^ at (?<file>.+):(?<line>\d{1,9}):(?<column>\d{1,9})$")]
    private static partial Regex HtmlPlace();
}
