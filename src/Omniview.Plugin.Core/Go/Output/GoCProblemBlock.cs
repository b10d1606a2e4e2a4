using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// A problem of a C compiler and its notes. The source line with the place marked, and whence a file was included, are
/// left out: the error list opens the file.
/// </summary>
internal sealed partial class GoCProblemBlock(GoProblem problem, GoPaths paths) : GoBlock
{
    private readonly GoSources _sources = new();
    private bool _hasExcerpt;
    private bool _isOfNote;

    public override bool Take(string text)
    {
        if (text.Length == 0)
        {
            return true;
        }

        if (Note().Match(text) is { Success: true } note)
        {
            _isOfNote = true;
            problem.Append(text);
            if (paths.Resolve(note.Groups["file"].Value, problem.Package) is { } file)
            {
                problem.Relate(
                    new RelatedLocation(
                        file,
                        GoPosition.Number(note.Groups["line"]),
                        GoPosition.Number(note.Groups["column"]),
                        note.Groups["text"].Value));
            }

            return true;
        }

        if (!_isOfNote && Mark().Match(text) is { Success: true } mark)
        {
            // the mark always is
            problem.IsInDisplay = mark.Groups["at"].Index - mark.Groups["gutter"].Length + 1 == problem.Column;
            return true;
        }

        if (Around().IsMatch(text))
        {
            return true;
        }

        if (!_hasExcerpt && IsSourceLine(text))
        {
            return _hasExcerpt = true;
        }

        if (char.IsWhiteSpace(text[0]))
        {
            problem.Append(text); // e.g. what clang would put there
            return true;
        }

        return false;
    }

    public override IEnumerable<GoProblem> Close()
    {
        // What is wrong in a file that cgo wrote, and has deleted again, is shown where a note says it comes from.
        if (problem.File is { } file && !File.Exists(file)
            && problem.Related.Find(one => File.Exists(one.File)) is { } origin)
        {
            problem.At(origin.File, origin.Line, origin.Column);
        }

        return [problem];
    }

    /// <summary>Whether it is the line of the problem, which an older clang shows without its number.</summary>
    private bool IsSourceLine(string text) =>
        problem.File is { } file && _sources.Line(file, problem.Line) is { } line
            && Blank().Replace(line, "") == Blank().Replace(text, "");

    [GeneratedRegex(
        @"^(?<file>\S[^:]*?):(?<line>[0-9]+)(?::(?<column>[0-9]+))?: note: +(?<text>.+)$", RegexOptions.CultureInvariant
    )]
    private static partial Regex Note();

    [GeneratedRegex(@"^(?<gutter>\s*\| )?[\s~]*(?<at>\^)[\s~^]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(
        @"^(?:\s*(?:[0-9]+ )?\|(?: |$)|In file included from |\s+from \S.*:[0-9]+(?::[0-9]+)?[,:]$|[\s~]*\^[\s~^]*$)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Around();

    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
