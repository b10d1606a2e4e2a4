using System.Globalization;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui;

/// <summary>
/// Reads what a failed <c>vite build</c> printed. Vite 5 to 7 bundle with Rollup and esbuild, whose columns count from 0;
/// Vite 8 bundles with Rolldown, whose boxes count from 1.
/// </summary>
internal static partial class ViteErrors
{
    private const int ShownLines = 15;

    /// <summary>At least one error. Without a recognised position it carries the end of the output.</summary>
    /// <param name="output">The lines Vite printed, without colours.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="uiDirectory">Absolute path; relative positions are below it.</param>
    public static IReadOnlyList<Diagnostic> Parse(IReadOnlyCollection<string> output, int exitCode, string uiDirectory)
    {
        var lines = output.Where(line => !StackFrame().IsMatch(line)).ToList();
        var report = lines[(lines.FindLastIndex(line => line.StartsWith("error during build:", StringComparison.Ordinal)) + 1)..];
        var config = lines.Select(line => FailedConfig().Match(line)).FirstOrDefault(match => match.Success)?.Groups["file"].Value;
        if (report.Any(line => line.Contains("unimplemented: output.format: system", StringComparison.Ordinal)))
        {
            return [Diagnostic.Error(DiagnosticCodes.EntryNotSystemJs,
                "Vite 8 can't write SystemJS modules (its bundler Rolldown has no such format), and Omniview loads no other. Use Vite 7: set \"vite\": \"^7\" in package.json.").At(Path.Combine(uiDirectory, "package.json"))];
        }

        List<Diagnostic> found = [.. EsbuildErrors(report, uiDirectory), .. RolldownErrors(report, uiDirectory)];
        return found.Count > 0 ? found.Distinct().ToList() : [Single(report, config, uiDirectory) ?? Unrecognised(lines, exitCode)];
    }

    private static IEnumerable<Diagnostic> EsbuildErrors(List<string> report, string ui) =>
        report.Select(line => EsbuildError().Match(line)).Where(match => match.Success)
            .Select(match => At(match, 1, ui, match.Groups["text"].Value));

    private static IEnumerable<Diagnostic> RolldownErrors(List<string> report, string ui) =>
        from box in report.Select((line, index) => (Match: RolldownBox().Match(line), Index: index))
        where box.Match.Success
        let headline = report.Take(box.Index).LastOrDefault(line => !string.IsNullOrWhiteSpace(line))
        where headline is not null
        select At(box.Match, 0, ui, headline);

    /// <summary>Rollup reports one error: a headline, somewhere below it <c>file: path:line:column</c>.</summary>
    private static Diagnostic? Single(List<string> report, string? config, string ui)
    {
        var headline = report.Find(line => !string.IsNullOrWhiteSpace(line) && !Count().IsMatch(line) && !PluginPosition().IsMatch(line));
        if (headline is null)
        {
            return null;
        }

        if (config is not null)
        {
            return Error(headline).At(config);
        }

        var position = report.Select(line => Position(line, ui)).FirstOrDefault(match => match is not null);
        if (position is not null && position.Groups["line"].Success)
        {
            return At(position, 1, ui, headline);
        }

        if (Unresolved().Match(headline) is { Success: true } import && FullPath(import, ui) is { } importer)
        {
            return Locate(Error($"{Text(headline).TrimEnd('.')}. Correct the path, or install the package."), importer, import.Groups["import"].Value);
        }

        return position is null ? null : Error(headline).At(FullPath(position, ui));
    }

    private static Match? Position(string line, string ui) =>
        new[] { FilePosition(), PluginPosition() }.Select(form => form.Match(line)).FirstOrDefault(match => match.Success && FullPath(match, ui) is not null);

    /// <summary>Rollup does not say where in the file an import is that it can't resolve; its text is in quotes there.</summary>
    private static Diagnostic Locate(Diagnostic problem, string file, string import)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var column = Math.Max(line.IndexOf($"\"{import}\"", StringComparison.Ordinal), line.IndexOf($"'{import}'", StringComparison.Ordinal));
            if (column >= 0)
            {
                return problem.At(file, number, column + 1);
            }
        }

        return problem.At(file);
    }

    private static Diagnostic Unrecognised(List<string> lines, int exitCode) =>
        Diagnostic.Error(DiagnosticCodes.ViteBuildFailed,
            $"`vite build` ended with exit code {exitCode}. Its last lines were:\n{string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(ShownLines))}");

    private static Diagnostic At(Match match, int columnOffset, string ui, string headline) =>
        FullPath(match, ui) is { } file
            ? Error(headline).At(file, Number(match.Groups["line"]), Number(match.Groups["column"]) + columnOffset)
            : Error(headline);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static Diagnostic Error(string headline) => Diagnostic.Error(DiagnosticCodes.ViteBuildFailed, Text(headline));

    /// <summary>The headline without what the diagnostic says itself: the plugin or code in brackets, and the position.</summary>
    private static string Text(string headline) => Preamble().Replace(headline, "").Trim();

    private static string? FullPath(Match match, string ui)
    {
        var name = match.Groups["file"].Value.Split('?')[0];
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return null; // Rollup's mark of a module that no file holds
        }

        var path = Path.GetFullPath(name, ui);
        return File.Exists(path) ? path : null;
    }

    [GeneratedRegex(@"^    at ")]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"^failed to load config from (?<file>.+)$")]
    private static partial Regex FailedConfig();

    [GeneratedRegex(@"^Build failed with \d+ errors?:$")]
    private static partial Regex Count();

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,9}):(?<column>\d{1,9}): ERROR: (?<text>.+)$")]
    private static partial Regex EsbuildError();

    [GeneratedRegex(@"╭─\[ (?<file>.+):(?<line>\d{1,9}):(?<column>\d{1,9}) \]")]
    private static partial Regex RolldownBox();

    [GeneratedRegex(@"^file: (?<file>.+?)(?::(?<line>\d{1,9}):(?<column>\d{1,9})|:undefined:NaN)?$")]
    private static partial Regex FilePosition();

    [GeneratedRegex(@"^\[plugin [^\]]+\](?: (?<file>.+?)(?::(?<line>\d{1,9}):(?<column>\d{1,9})|:undefined:NaN)?)?$")]
    private static partial Regex PluginPosition();

    [GeneratedRegex(@"[Rr]esolve (?:import )?""(?<import>[^""]+)"" from ""(?<file>[^""]+)""")]
    private static partial Regex Unresolved();

    [GeneratedRegex(@"^(?:Error: |CssSyntaxError: |\[[^\]]+\]:? ?)*(?:[^""']*?(?: \(\d+:\d+\)|:\d+:\d+): )?")]
    private static partial Regex Preamble();
}
