using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>A line that begins with a place: <c>file:line: text</c> or <c>file:line:column: text</c>.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in bytes; 0 when it was not told.</param>
/// <param name="Text">The rest of the line.</param>
/// <param name="Tool">What is before the place: the tool that says it could not go on. Empty when it is nobody.</param>
internal sealed partial record GoPosition(string File, int Line, int Column, string Text, string Tool)
{
    private const int LongestName = 4096;

    /// <summary>Whether vet could not go on.</summary>
    public bool IsVet => Tool == "vet";

    /// <summary>Whether a C compiler says how bad it is.</summary>
    public bool IsOfC => GoPlacedProblem.C().IsMatch(Text);

    /// <param name="line">A line of go or one of its tools.</param>
    /// <param name="package">The package the line is about, when known.</param>
    /// <param name="paths">For the file.</param>
    public static GoPosition? Read(string line, string? package, GoPaths paths)
    {
        var teller = Teller().Match(line);
        var tool = teller.Groups["tool"].Value;
        var said = line[teller.Length..];
        var match = Known().Match(said);
        var isKnown = match.Success;
        if (!isKnown)
        {
            // Any other name that a //line directive can give. Only where a compiler speaks, or where there is such a
            // file.
            match = Other().Match(said);
            if (!match.Success && (package is null || !(match = Generated().Match(said)).Success))
            {
                return null;
            }
        }
        else if (LongestThere(said, match, package, paths) is { } longer)
        {
            return longer with { Tool = tool };
        }

        var file = paths.Resolve(match.Groups["file"].Value, package);
        return file is null || (!isKnown && package is null && !System.IO.File.Exists(file))
            ? null
            : new GoPosition(
                file, Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["text"].Value, tool);
    }

    internal static int Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>
    /// A file name may itself look like a place (<c>c.go:10:20: x.go</c>): the longest name that a file has counts.
    /// </summary>
    private static GoPosition? LongestThere(string line, Match first, string? package, GoPaths paths)
    {
        GoPosition? longest = null;
        for (
            var end = EndOfName().Match(line, first.Groups["text"].Index);
            end.Success && end.Groups["at"].Index <= LongestName;
            end = end.NextMatch())
        {
            if (paths.Resolve(line[..end.Groups["at"].Index], package) is { } file && System.IO.File.Exists(file))
            {
                longest = new GoPosition(
                    file,
                    Number(end.Groups["line"]),
                    Number(end.Groups["column"]),
                    line[(end.Index + end.Length)..],
                    "");
            }
        }

        return longest;
    }

    // go/types in vet, cgo and the assembler
    [GeneratedRegex(@"^(?<tool>vet|cgo|asm)(?:\.exe)?: ", RegexOptions.CultureInvariant)]
    private static partial Regex Teller();

    // The file name ends at the first of these extensions that a line number follows: names may hold spaces and colons,
    // and messages may hold positions. Besides Go's own, cgo's and those of //line directives that generators write.
    [GeneratedRegex(
        @"^(?<file>.*?\.(?:go|mod|work|sum|[sSchmy]|sx|cc|cpp|cxx|hh|hpp|hxx|mm|[fF]|for|f90|rl|swig|swigcxx))"
            + @":(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?<text>.+)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Known();

    [GeneratedRegex(
        @"(?<=\.(?:go|s|c|h))(?<at>:)(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?=.)", RegexOptions.CultureInvariant
    )]
    private static partial Regex EndOfName();

    [GeneratedRegex(
        """^(?<file>(?:[A-Za-z]:(?=[\\/]))?[^:"<>|]+\.[A-Za-z0-9_]+)"""
            + @":(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?<text>.+)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Other();

    // What cgo calls the parts it puts before the author's: cgo-gcc-export-header-prolog, cgo-builtin-prolog.
    [GeneratedRegex(
        @"^(?<file>cgo-[a-z-]+):(?<line>[0-9]+):(?<column>[0-9]+): (?<text>.+)$", RegexOptions.CultureInvariant
    )]
    private static partial Regex Generated();
}
