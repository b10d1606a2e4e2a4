using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// <c>package a</c> and below it, indented, who imports whom and what is wrong with the last. The place of the problem
/// is the import statement the author can change: the first one of the cycle, or the one that asks for the bad package.
/// </summary>
internal sealed partial class GoImportChain(string first, GoPaths paths) : GoBlock
{
    private const int MaxLines = 1000;
    private const string OfTest = " (test)";

    private readonly List<(string Path, string? From)> _packages =
        [(first["package ".Length..].Replace(OfTest, "", StringComparison.Ordinal), null)];

    private readonly List<string> _lines = [first];
    private GoProblem? _last;

    public static bool Opens(string text) => Head().IsMatch(text);

    public override bool Take(string text)
    {
        if (_last is not null)
        {
            if (text.Length == 0 || !char.IsWhiteSpace(text[0]))
            {
                return false;
            }

            _last.Append(text); // e.g. what to run to add the module
            return true;
        }

        if (_lines.Count > MaxLines)
        {
            return false;
        }

        if (Import().Match(text) is not { Success: true } match)
        {
            // At the end of the chain, a place of its own: e.g. of the use of an internal package.
            return text.Length > 0 && char.IsWhiteSpace(text[0])
                && GoPosition.Read(text.TrimStart(), null, paths) is { } place && TakePlaced(place);
        }

        var reason = match.Groups["reason"];
        _lines.Add(reason.Success ? text[..(reason.Index - ": ".Length)] : text);
        _packages.Add((match.Groups["path"].Value, match.Groups["from"] is { Success: true } from ? from.Value : null));
        if (reason.Success)
        {
            _last = Problem(reason.Value);
        }

        return true;
    }

    public override IEnumerable<GoProblem> Close() =>
        [_last ?? new GoProblem(GoProblemKind.Unknown, string.Join('\n', _lines))];

    private bool TakePlaced(GoPosition place)
    {
        _last = new GoProblem(GoMessage.KindOf(place.Text) ?? GoProblemKind.PackageNotFound, place.Text)
            .At(place.File, place.Line, place.Column);
        if (_lines.Count > 1) // else the file is in the one package they name
        {
            _lines.ForEach(_last.Append);
        }

        return true;
    }

    private GoProblem Problem(string reason)
    {
        var problem = new GoProblem(GoMessage.KindOf(reason) ?? GoProblemKind.PackageNotFound, reason);
        _lines.ForEach(problem.Append);

        var sources = new GoSources();
        var isCycle = problem.Kind == GoProblemKind.ImportCycle;
        var start = isCycle
            ? Math.Max(1, _packages.FindIndex(one => one.Path == _packages[^1].Path) + 1)
            : _packages.Count - 1;
        var statements = Enumerable.Range(start, _packages.Count - start).Select(index => Statement(index, sources))
            .OfType<RelatedLocation>().ToList();
        if (statements.Count == 0 && !isCycle)
        {
            return problem.At(paths.Modules.ModFile);
        }

        if (statements.Count > 0)
        {
            problem.At(statements[0].File, statements[0].Line, statements[0].Column);
        }

        statements.Skip(1).ToList().ForEach(problem.Relate);
        return statements.Count > 0 ? problem : problem.At(paths.Modules.ModFile);
    }

    /// <summary>
    /// Where a package of the chain is imported by the one before it; null when that is not in a module of ours.
    /// </summary>
    private RelatedLocation? Statement(int index, GoSources sources)
    {
        var (path, from) = _packages[index];
        var folder = paths.PackageFolder(_packages[index - 1].Path);
        var files = from is not null && folder is not null ? [Path.Combine(folder, from)] : GoPaths.GoFiles(folder);
        if (index == 1 && first.EndsWith(OfTest, StringComparison.Ordinal))
        {
            // what a package without its tests imports too is told of the package
            files = [.. files.OrderByDescending(file => file.EndsWith("_test.go", StringComparison.Ordinal))];
        }

        var pattern = new Regex(
            $"""^(?:import\b|\s).*?(?<at>["`]{Regex.Escape(path)}["`])""",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        return files
            .Select(file => (File: file, Place: sources.Find(file, pattern)))
            .Where(found => found.Place.Line > 0)
            .Select(found => new RelatedLocation(found.File, found.Place.Line, found.Place.Column, $"imports {path}"))
            .FirstOrDefault();
    }

    [GeneratedRegex(@"^package [^\s:]+(?: \(test\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(
        @"^\s+imports (?<path>[^\s:]+)(?: from (?<from>[^:]+?))?(?:: (?<reason>.+))?$", RegexOptions.CultureInvariant
    )]
    private static partial Regex Import();
}
