using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// Reads what a failed <c>vite build</c> printed. Vite 5 to 7 bundle with Rollup and esbuild, whose columns count from
/// 0, esbuild's in bytes; Vite 8 bundles with Rolldown, whose boxes count from 1.
/// </summary>
internal static partial class ViteErrors
{
    private const int ShownLines = 15;

    /// <summary>
    /// At least one error, one per problem. One that is not recognised carries the end of the output.
    /// </summary>
    /// <param name="output">The lines Vite printed, without colours.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="uiDirectory">Absolute path; relative positions are below it.</param>
    public static IReadOnlyList<Diagnostic> Parse(IReadOnlyCollection<string> output, int exitCode, string uiDirectory)
    {
        var lines = output.Where(line => !StackFrame().IsMatch(line)).ToList();
        var report = lines[(lines.FindLastIndex(
            line => line.StartsWith("error during build:", StringComparison.Ordinal)) + 1)..];
        var found = Find(lines, report, uiDirectory);
        return found.Count == 0
            ? [Unrecognised(lines, exitCode)]
            : [.. found.Select(one => one.Line > 0 ? one : Thrown(one, output, uiDirectory))];
    }

    /// <summary>The errors that are recognised, one per problem.</summary>
    /// <param name="lines">All that Vite printed, without colours and stack frames.</param>
    /// <param name="report">The part of it that is about the failure.</param>
    /// <param name="uiDirectory">Absolute path; relative positions are below it.</param>
    public static IReadOnlyList<Diagnostic> Find(List<string> lines, List<string> report, string uiDirectory)
    {
        if (report.Any(line => line.Contains("unimplemented: output.format: system", StringComparison.Ordinal)))
        {
            return
            [
                Diagnostic
                    .Error(
                        DiagnosticCodes.EntryNotSystemJs,
                        "Vite 8 can't write SystemJS modules (its bundler Rolldown has no such format), and " +
                        "Omniview loads "
                            + "no other. Use Vite 7: set \"vite\": \"^7\" in package.json.")
                    .At(Path.Combine(uiDirectory, "package.json")),
            ];
        }

        var sources = new UiSources(uiDirectory);
        var config = lines.Select(line => FailedConfig().Match(line)).FirstOrDefault(
            match => match.Success)?.Groups["file"].Value;
        var places = new VitePlaces(sources, config);
        List<Diagnostic> found = [.. EsbuildErrors(report, places, sources)];
        if (found.Count == 0)
        {
            found.AddRange(RolldownErrors(report, places));
        }

        if (found.Count == 0 && RollupError(report, places) is { } single)
        {
            found.Add(single);
        }

        // esbuild tells a name declared twice in two ways, at one place.
        return [.. found.DistinctBy(
            one => one.Line > 0 ? $"{one.File}:{one.Line}:{one.Column}" : $"{one.File}:{one.Message}")];
    }

    private static IEnumerable<Diagnostic> EsbuildErrors(List<string> report, VitePlaces places, UiSources sources) =>
        from line in report
        let match = EsbuildError().Match(line)
        where match.Success
        let number = UiSources.Number(match.Groups["line"])
        let bytes = UiSources.Number(match.Groups["column"])
        let file = sources.File(match.Groups["file"].Value)
        select places.Place(
            match.Groups["text"].Value, file, number, file is null ? bytes + 1 : sources.Column(file, number, bytes));

    /// <summary>
    /// Rolldown reports all there are, each with a headline in brackets, or a plugin's name and then its error.
    /// </summary>
    private static IEnumerable<Diagnostic> RolldownErrors(List<string> report, VitePlaces places)
    {
        var start = report.FindIndex(line => Count().IsMatch(line));
        List<List<string>> blocks = [];
        for (var index = start + 1; start >= 0 && index < report.Count; index++)
        {
            if (BlockStart().IsMatch(report[index])
                && (string.IsNullOrWhiteSpace(report[index - 1]) || index == start + 1))
            {
                blocks.Add([]);
            }

            if (blocks.Count > 0 && !Count().IsMatch(report[index]) && !Noise().IsMatch(report[index]))
            {
                blocks[^1].Add(report[index]);
            }
        }

        return blocks.Select(block => RolldownError(block, places)).OfType<Diagnostic>();
    }

    private static Diagnostic? RolldownError(List<string> block, VitePlaces places)
    {
        if (block.Select(line => RolldownBox().Match(line)).FirstOrDefault(match => match.Success) is { } box)
        {
            var shown = block.Select(line => Shown().Match(line)).FirstOrDefault(
                match => match.Success && match.Groups["number"].Value == box.Groups["line"].Value);
            return places.PlaceShown(block[0], box, shown?.Groups["text"].Value);
        }

        var said = block.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        if (PluginPosition().Match(said[0]) is { Success: true } plugin)
        {
            return said.Count < 2
                ? null
                : places.Place($"[{plugin.Groups["plugin"].Value}] {Kind().Replace(said[1], "")}", plugin, 1);
        }

        var cause = said.FindIndex(line => line == "Caused by:");
        return places.Place(
            cause >= 0 && cause + 1 < said.Count ? CauseNumber().Replace(said[cause + 1], "") : said[0], null, 0, 0);
    }

    /// <summary>Rollup reports one error: a headline, somewhere below it <c>file: path:line:column</c>.</summary>
    private static Diagnostic? RollupError(List<string> report, VitePlaces places)
    {
        var headline = report.Find(line => !string.IsNullOrWhiteSpace(line) && !Count().IsMatch(line));
        var position = report.Select(line => FilePosition().Match(line)).FirstOrDefault(match => match.Success);
        return headline is null || headline.StartsWith("file: ", StringComparison.Ordinal)
            ? null
            : places.PlaceIfKnown(headline, position);
    }

    /// <summary>The errors of a server that did not start, or not again. None when it gives no reason.</summary>
    /// <param name="output">The lines Vite printed, without colours.</param>
    /// <param name="uiDirectory">Absolute path; relative positions are below it.</param>
    public static IReadOnlyList<Diagnostic> Failed(IReadOnlyCollection<string> output, string uiDirectory)
    {
        var lines = output.Where(line => !StackFrame().IsMatch(line) && !string.IsNullOrWhiteSpace(line)).ToList();
        var report = lines[(lines.FindLastIndex(line => Reason().IsMatch(line)) + 1)..];
        if (report.Count == 0)
        {
            return [];
        }

        var found = Find(lines, report, uiDirectory);
        if (found.Count == 0)
        {
            found =
            [
                Diagnostic
                    .Error(DiagnosticCodes.ViteBuildFailed, Kind().Replace(report[0], ""))
                    .At(new UiSources(uiDirectory).Configuration),
            ];
        }

        return [.. found.Select(one => one.Line > 0 ? one : Thrown(one, output, uiDirectory))];
    }

    /// <summary>
    /// What the configuration throws is at the first frame of the stack that is in a file of the author's.
    /// </summary>
    private static Diagnostic Thrown(Diagnostic problem, IReadOnlyCollection<string> output, string uiDirectory)
    {
        var sources = new UiSources(uiDirectory);
        return output.SkipWhile(line => !Reason().IsMatch(line)).Select(line => Frame().Match(line))
            .Where(frame => frame.Success)
            .Select(frame => (Frame: frame, File: sources.File(frame.Groups["file"].Value)))
            .Where(one => one.File is not null && !one.File.Split('/', '\\').Contains("node_modules"))
            .Select(one =>
                sources.AtWord(
                    problem,
                    one.File!,
                    UiSources.Number(one.Frame.Groups["line"]),
                    UiSources.Number(one.Frame.Groups["column"])))
            .FirstOrDefault(problem);
    }

    private static Diagnostic Unrecognised(List<string> lines, int exitCode)
    {
        var lastLines = lines.Where(line => !string.IsNullOrWhiteSpace(line))
            .TakeLast(ShownLines)
            .Select(line => line.Replace("\0", "", StringComparison.Ordinal));
        return Diagnostic.Error(
            DiagnosticCodes.ViteBuildFailed,
            $"`vite build` ended with exit code {exitCode}. Its last lines were:\n{string.Join('\n', lastLines)}");
    }

    [GeneratedRegex(@"^    at ")]
    private static partial Regex StackFrame();

    [GeneratedRegex("^(?:failed to load config from .*|error when starting dev server:|error during build:)$")]
    private static partial Regex Reason();

    [GeneratedRegex(
        @"^    at (?:.* \()?(?<file>(?:file://)?(?:/|[A-Za-z]:[\\/]).*):(?<line>\d{1,9}):(?<column>\d{1,9})\)?$"
    )]
    private static partial Regex Frame();

    [GeneratedRegex(@"^failed to load config from (?<file>.+)$")]
    private static partial Regex FailedConfig();

    [GeneratedRegex(@"^(?:Error: )?Build failed with \d+ errors?:$")]
    private static partial Regex Count();

    [GeneratedRegex(@"^(?:\[[^\]]+\]|\w*Error: )")]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^(?:  errors: \[|\}$)")]
    private static partial Regex Noise();

    [GeneratedRegex(@"^\w*Error: ")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\s*(?:\d+: )?")]
    private static partial Regex CauseNumber();

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,9}):(?<column>\d{1,9}): ERROR: (?<text>.+)$")]
    private static partial Regex EsbuildError();

    [GeneratedRegex(@"╭─\[ (?<file>.+):(?<line>\d{1,9}):(?<column>\d{1,9}) \]")]
    private static partial Regex RolldownBox();

    [GeneratedRegex(@"^\s*(?<number>\d+) │ (?<text>.*)$")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^file: (?<file>.+?)(?::(?<line>\d{1,9}):(?<column>\d{1,9})|:undefined:NaN)?$")]
    private static partial Regex FilePosition();

    [GeneratedRegex(
        @"^\[plugin (?<plugin>[^\]]+)\](?: (?<file>.+?)(?::(?<line>\d{1,9}):(?<column>\d{1,9})|:undefined:NaN)?)?$"
    )]
    private static partial Regex PluginPosition();
}
