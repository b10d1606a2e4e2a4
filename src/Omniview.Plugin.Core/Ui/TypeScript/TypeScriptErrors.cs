using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.TypeScript;

/// <summary>Reads what <c>tsc --pretty false</c> prints, of TypeScript 4 to 7, line by line.</summary>
/// <param name="sources">Of the UI; tsc names files relative to it.</param>
/// <param name="configuration">Absolute path of the tsconfig.json that is checked: where an error without a file
/// is.</param>
internal sealed partial class TypeScriptErrors(UiSources sources, string configuration)
{
    /// <summary>Codes of modules and names that are not there, which Vite reports too.</summary>
    private static readonly string[] AboutModules = [
        "TS2305", "TS2307", "TS2459", "TS2614", "TS2724", "TS2792", "TS2882"];

    private readonly List<Diagnostic> _found = [];

    /// <summary>So far, in the order of the output.</summary>
    public IReadOnlyList<Diagnostic> Found => _found;

    /// <summary>Whether the line is part of an error; what is not is for the log.</summary>
    public bool Add(string line)
    {
        if (Error().Match(line) is { Success: true } match)
        {
            _found.Add(Read(match));
            return true;
        }

        if (_found.Count == 0 || !line.StartsWith("  ", StringComparison.Ordinal))
        {
            return false;
        }

        _found[^1] = _found[^1] with { Message = $"{_found[^1].Message} {line.Trim()}" };
        return true;
    }

    /// <summary>
    /// Those of <paramref name="found"/> that Vite has not reported on the same line: syntax errors, and modules and
    /// names that are not there.
    /// </summary>
    public static IEnumerable<Diagnostic> Without(IEnumerable<Diagnostic> vite, IEnumerable<Diagnostic> found)
    {
        var places = vite.Where(one => one.Severity == DiagnosticSeverity.Error && one.Line > 0)
            .Select(one => (one.File, one.Line))
            .ToHashSet();
        return found.Where(one =>
            !places.Contains((one.File, one.Line)) || !(Syntax().IsMatch(one.Code) || AboutModules.Contains(one.Code)));
    }

    private Diagnostic Read(Match match)
    {
        var problem = new Diagnostic(
            match.Groups["code"].Value,
            match.Groups["severity"].Value == "warning" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
            match.Groups["text"].Value)
        {
            HelpLink = HelpPages.For(DiagnosticCodes.TypeScript),
        };
        return match.Groups["file"].Success
            ? sources.AtWord(
                problem,
                Path.GetFullPath(match.Groups["file"].Value, sources.Directory),
                UiSources.Number(match.Groups["line"]),
                UiSources.Number(match.Groups["column"]))
            : problem.At(configuration);
    }

    [GeneratedRegex(
        @"^(?:(?<file>\S.*?)\((?<line>\d{1,9}),(?<column>\d{1,9})\): )?"
            + @"(?<severity>error|warning) (?<code>TS\d+): (?<text>.*)$"
    )]
    private static partial Regex Error();

    [GeneratedRegex("^TS1[0-9]{3}$")]
    private static partial Regex Syntax();
}
