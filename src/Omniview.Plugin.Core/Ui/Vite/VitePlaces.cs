using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// Makes a diagnostic of what Vite says and where it says it is, and looks for the place where Vite does not say it.
/// </summary>
/// <param name="sources">Of the UI.</param>
/// <param name="config">Absolute path of the configuration that could not be loaded, or null when it could.</param>
internal sealed partial class VitePlaces(UiSources sources, string? config)
{
    /// <summary>As the other, at a position of Rollup's forms.</summary>
    /// <param name="headline">What is wrong.</param>
    /// <param name="position">With the groups file, line and column, each optional.</param>
    /// <param name="columnOffset">Makes the column count from 1.</param>
    public Diagnostic Place(string headline, Match position, int columnOffset) =>
        position.Groups["line"].Success
            ? Place(
                headline,
                sources.File(position.Groups["file"].Value),
                UiSources.Number(position.Groups["line"]),
                UiSources.Number(position.Groups["column"]) + columnOffset)
            : Place(headline, sources.File(position.Groups["file"].Value), 0, 0);

    /// <summary>Null when nothing is known but a text, and not even who says it.</summary>
    public Diagnostic? PlaceIfKnown(string headline, Match? position)
    {
        var problem = position is null ? Place(headline, null, 0, 0) : Place(headline, position, 1);
        return problem.Message.Length > 0 && (problem.File is not null || PluginPrefix().IsMatch(headline))
            ? problem
            : null;
    }

    /// <param name="headline">What is wrong, perhaps after the plugin's name and the position.</param>
    /// <param name="file">Absolute path, or null.</param>
    /// <param name="line">1-based, 0 when unknown.</param>
    /// <param name="column">1-based.</param>
    public Diagnostic Place(string headline, string? file, int line, int column)
    {
        if (Unresolved().Match(headline) is { Success: true } import)
        {
            var importer = import.Groups["file"].Success
                ? sources.File(import.Groups["file"].Value.Trim('"').TrimEnd('.'))
                : config ?? file;
            var reason = ImportedFrom().Replace(Text(headline), "").TrimEnd('.');
            var missing = Diagnostic.Error(
                DiagnosticCodes.ImportNotResolved, $"{reason}{(reason.EndsWith('?') ? "" : ".")} Correct the path, " +
                    "or install the package.");
            if (importer is not null)
            {
                var quoted = sources.AtQuoted(missing, importer, import.Groups["import"].Value);
                return quoted.Line == 0 && importer == file ? sources.AtWord(missing, file, line, column) : quoted;
            }

            return file is null ? missing : sources.AtWord(missing, file, line, column);
        }

        var problem = Diagnostic.Error(DiagnosticCodes.ViteBuildFailed, Text(headline));
        if (file is not null && line > 0)
        {
            return sources.AtWord(problem, file, line, column);
        }

        file ??= CouldNotLoad().Match(headline) is { Success: true } load
            ? sources.File(load.Groups["file"].Value)
            : null;
        file ??= config
            ?? Quoted().Matches(headline).Select(one => sources.File(one.Groups["text"].Value))
            .FirstOrDefault(found => found is not null);
        if (file is null)
        {
            return IsFromAuthorsPlugin(headline) || headline.Contains("entry module", StringComparison.Ordinal)
                ? problem.At(sources.Configuration)
                : problem;
        }

        if (LineAndColumn().Match(headline) is { Success: true } said)
        {
            return sources.AtWord(
                problem, file, UiSources.Number(said.Groups["line"]), UiSources.Number(said.Groups["column"]));
        }

        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && sources.BadJson(file) is { Line: > 0 } bad)
        {
            return problem.At(file, bad.Line, bad.Column);
        }

        return Quoted().Matches(headline).Select(one => sources.AtQuoted(problem, file, one.Groups["text"].Value))
            .FirstOrDefault(one => one.Line > 0) ?? problem.At(file);
    }

    /// <summary>
    /// Rolldown counts in what its transforms left of a source, without comments and empty lines. When the line it
    /// shows is not the one of the source, the one that is alike is meant.
    /// </summary>
    public Diagnostic PlaceShown(string headline, Match box, string? shown)
    {
        var file = sources.File(box.Groups["file"].Value);
        var (line, column) = (UiSources.Number(box.Groups["line"]), UiSources.Number(box.Groups["column"]));
        if (file is null || shown is null || (sources.Line(file, line) is { } there && Alike(there) == Alike(shown)))
        {
            return Place(headline, file, line, column);
        }

        for (var number = 1; sources.Line(file, number) is { } text; number++)
        {
            if (Alike(text) == Alike(shown))
            {
                return Place(headline, file, number, column + Indent(text) - Indent(shown));
            }
        }

        return Place(headline, file, 0, 0);
    }

    private static string Alike(string line) => line.Replace('\'', '"').Replace('\t', ' ').Trim().TrimEnd(';');

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>
    /// The headline without what the diagnostic says itself: who of Vite's own says it, and the position. An author's
    /// plugin keeps its name.
    /// </summary>
    private static string Text(string headline)
    {
        var text = Preamble().Replace(headline, "").Trim();
        text = Babel().Match(text) is { Success: true } babel ? babel.Groups["text"].Value : text;
        return IsFromAuthorsPlugin(headline) && text.Length > 0
            ? $"{PluginPrefix().Match(headline).Groups["plugin"].Value}: {text}"
            : text;
    }

    private static bool IsFromAuthorsPlugin(string headline) =>
        PluginPrefix().Match(headline) is { Success: true } prefix
            && !ViteOwnPlugin().IsMatch(prefix.Groups["plugin"].Value);

    [GeneratedRegex(@"^(?:\w*Error: )?\[(?:plugin )?(?<plugin>[^\]]+)\](?=.*\S)")]
    private static partial Regex PluginPrefix();

    [GeneratedRegex(@"^(?:vite(?::|$)|builtin:|rolldown:|commonjs|postcss|lightningcss|[A-Z0-9_]+$)")]
    private static partial Regex ViteOwnPlugin();

    [GeneratedRegex(
        """(?:[Rr]esolve (?:import |"extends":|`@import )?|[Cc]annot find (?:package|module) """
            + "|no such file or directory, open )"
            + """(?<quote>["'])(?<import>[^"']+)\k<quote>(?: (?:from|in) (?<file>"[^"]+"|.+$))?"""
            + @"|[Ff]ailed to resolve (?<import>\S+) from (?<file>.+)$")]
    private static partial Regex Unresolved();

    [GeneratedRegex(@" imported from .*$")]
    private static partial Regex ImportedFrom();

    [GeneratedRegex(@"Could not load (?<file>.+?)(?: \(imported by .+?\))?: ")]
    private static partial Regex CouldNotLoad();

    [GeneratedRegex(@"at line (?<line>\d{1,9}) column (?<column>\d{1,9})")]
    private static partial Regex LineAndColumn();

    [GeneratedRegex("""(?<quote>["'])(?<text>[^"']+)\k<quote>""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[^""']*\.\w+: (?<text>.+) \(\d+:\d+\)$")]
    private static partial Regex Babel();

    [GeneratedRegex(
        @"^(?:(?:Error|RolldownError|CssSyntaxError|SyntaxError|Error \[[A-Z_]+\]): |\[[^\]]+\]:? ?)*"
            + """(?:[^"']*?(?: \(\d+:\d+\)|:\d+:\d+): )?"""
    )]
    private static partial Regex Preamble();
}
