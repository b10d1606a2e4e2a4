using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// <c>link: running gcc failed</c> and what gcc and the linker behind it said: the command line and who contains what
/// are left out, each undefined or doubled symbol and each missing library is a problem; if none is, the whole is one.
/// </summary>
internal sealed partial class GoLinkerRun(string first, string? package, GoPaths paths) : GoBlock
{
    private readonly GoSources _sources = new();
    private readonly List<string> _before = []; // what is of no kind, above the first problem
    private readonly List<GoProblem> _found = [];
    private readonly GoProblem _whole = new(
        GoProblemKind.Linker, Head().Match(first) is { Success: true } head ? head.Groups["text"].Value : first)
    {
        Package = package,
    };
    private bool _isApple;

    public static bool Opens(string text) => Head().IsMatch(text);

    public override bool Take(string text)
    {
        if (text.StartsWith("# ", StringComparison.Ordinal) || text.StartsWith("go: ", StringComparison.Ordinal))
        {
            return false;
        }

        if (text.Length == 0 || Noise().IsMatch(text))
        {
            return true;
        }

        if (_found.Count > 0 && ReferencedBy().Match(text) is { Success: true } lld)
        {
            _found[^1]
                .At(
                    _found[^1].File ?? lld.Groups["file"].Value,
                    _found[^1].File is null ? GoPosition.Number(lld.Groups["line"]) : _found[^1].Line);
        }
        else if (_found.Count < GoProblemList.Shown && (Apple(text) ?? Gnu(text)) is { } problem)
        {
            _found.Add(problem);
            _before.ForEach(problem.Append);
            _before.Clear();
        }
        else if (_found.Count > 0)
        {
            _found[^1].Append(text);
        }
        else
        {
            _whole.Append(text);
            if (_before.Count < GoProblem.ShownLines)
            {
                _before.Add(text);
            }
        }

        return true;
    }

    public override IEnumerable<GoProblem> Close() => _found.Count > 0 ? _found : [_whole];

    private GoProblem? Gnu(string text)
    {
        if (Library().Match(text) is { Success: true } library)
        {
            var name = library.Groups["name"].Value.TrimEnd(':');
            return AtUse(
                new GoProblem(GoProblemKind.Library, library.Groups["text"].Value) { Package = package },
                $@"#cgo .*\s(?<at>{Regex.Escape(name)})(?:\s|$)");
        }

        var match = Symbol().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var isDuplicate = match.Groups["twice"].Success;
        var problem = new GoProblem(
            isDuplicate ? GoProblemKind.DuplicateSymbol : GoProblemKind.UndefinedSymbol,
            Object().Replace(match.Groups["text"].Value, ""))
        {
            Package = package,
        };
        var (file, line) = (match.Groups["file"].Value, GoPosition.Number(match.Groups["line"]));
        var full =
            file.Length == 0
            || file.EndsWith(".o", StringComparison.Ordinal)
            || file.Contains(".cgo", StringComparison.Ordinal)
            || file.Contains("go-build", StringComparison.Ordinal)
                ? null // a file cgo wrote into its work folder
                : paths.Resolve(file, package);
        return full is not null
            ? problem.At(full, line)
            : AtUse(
                problem,
                isDuplicate
                    ? null
                    : @"\bC\." + Regex.Escape(Name().Match(match.Groups["text"].Value).Groups["name"].Value) + @"\b");
    }

    /// <summary>Where Go code of the package first names it, since what cgo made of that is gone.</summary>
    private GoProblem AtUse(GoProblem problem, string? pattern)
    {
        var folder = package is null || pattern is null ? null : paths.PackageFolder(package);
        return GoPaths.GoFiles(folder)
            .Select(
                file => (File: file, Place: _sources.Find(file, new Regex(pattern!, RegexOptions.CultureInvariant))))
            .FirstOrDefault(found => found.Place.Line > 0) is { Place.Line: > 0 } place
                ? problem.At(place.File, place.Place.Line, place.Place.Column)
                : problem;
    }

    private GoProblem? Apple(string text)
    {
        if (text.StartsWith("Undefined symbols for architecture ", StringComparison.Ordinal))
        {
            _isApple = true;
            return null;
        }

        return _isApple && AppleSymbol().Match(text) is { Success: true } symbol
            ? new GoProblem(
                GoProblemKind.UndefinedSymbol, $"undefined symbol {symbol.Groups["name"].Value}")
            {
                Package = package,
            }
            : null;
    }

    [GeneratedRegex(@"^(?:\S.*[\\/])?link(?:\.exe)?: (?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(
        @"^(?:\S*(?:gcc|clang|cc|g\+\+|c\+\+)(?:-[0-9.]+)?(?:\.exe)? -|.*: [Ii]n function [`'‘].*:$|collect2: "
            + @"|.*: final link failed|clang(?:\+\+)?: error: linker command failed|\S*ld\S*: symbol\(s\) not found)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Noise();

    [GeneratedRegex(
        // the linker, and the function it was in
        @"^(?:\S*ld\S*: )?(?:error: )?(?:[^\s:]+\.o: in function [^:]+:)?"
            // the place
            + @"(?:(?<file>(?:[A-Za-z]:(?=[\\/]))?[^:(]+?)(?::(?<line>[0-9]+))?(?::\([^)]*\))?: )?"
            // the message
            + @"(?:error: |warning: )?(?<text>undefined (?:reference to|symbol:?) .+"
            + @"|(?<twice>multiple definition of|duplicate symbol:?) .+)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Symbol();

    [GeneratedRegex(
        @"^\S*ld\S*: (?:error: )?(?<text>(?:cannot find|unable to find library|library not found for) (?<name>\S+).*"
            + @"|library '.*' not found.*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Library();

    [GeneratedRegex(@"^>>> referenced by .*\((?<file>[^()]+):(?<line>[0-9]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex ReferencedBy();

    [GeneratedRegex(@"^\s+""(?<name>[^""]+)"", referenced from:$", RegexOptions.CultureInvariant)]
    private static partial Regex AppleSymbol();

    [GeneratedRegex(@"[`'‘: ]_?(?<name>\w+)'?’?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    // "; /tmp/go-link-1/000002.o:/p/f.c:3: first defined here": the temporary object, alone or before the place in its
    // source
    [GeneratedRegex(@"(?<=; )\S+\.o:(?=[^(])|; \S+\.o:\([^)]*\): first defined here$", RegexOptions.CultureInvariant)]
    private static partial Regex Object();
}
