using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>A line that begins with a place: <c>file:line: text</c> or <c>file:line:column: text</c>.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in bytes; 0 when it was not told.</param>
/// <param name="Text">The rest of the line.</param>
/// <param name="IsVet">Whether vet said before it that it could not go on.</param>
internal sealed partial record GoPosition(string File, int Line, int Column, string Text, bool IsVet)
{
    /// <param name="line">A line of go or one of its tools.</param>
    /// <param name="package">The package the line is about, when known.</param>
    /// <param name="paths">For the file.</param>
    public static GoPosition? Read(string line, string? package, GoPaths paths)
    {
        var match = Known().Match(line);
        var isKnown = match.Success;
        if (!isKnown)
        {
            // Any other name that a //line directive can give. Only where a compiler speaks, or where there is such a
            // file.
            match = Other().Match(line);
            if (!match.Success && (package is null || !(match = Generated().Match(line)).Success))
            {
                return null;
            }
        }

        var file = paths.Resolve(match.Groups["file"].Value, package);
        return file is null || (!isKnown && package is null && !System.IO.File.Exists(file))
            ? null
            : new GoPosition(
                file,
                Number(match.Groups["line"]),
                Number(match.Groups["column"]),
                match.Groups["text"].Value,
                match.Groups["vet"].Success);
    }

    internal static int Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // The file name ends at the first of these extensions that a line number follows: names may hold spaces and colons,
    // and messages may hold positions. Besides Go's own, cgo's and those of //line directives that generators write.
    [GeneratedRegex(
        @"^(?:(?<vet>vet)(?:\.exe)?: )?"
            + @"(?<file>.*?\.(?:go|mod|work|sum|[sSchmy]|sx|cc|cpp|cxx|hh|hpp|hxx|mm|[fF]|for|f90|rl|swig|swigcxx))"
            + @":(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?<text>.+)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Known();

    [GeneratedRegex(
        """^(?:(?<vet>vet)(?:\.exe)?: )?(?<file>(?:[A-Za-z]:(?=[\\/]))?[^:"<>|]+\.[A-Za-z0-9_]+)"""
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
