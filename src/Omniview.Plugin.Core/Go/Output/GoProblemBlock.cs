using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// One problem and the lines below it that belong to it: indented ones (have, want, other declaration), and all that
/// follows when nothing else can.
/// </summary>
/// <param name="problem">What the first line told.</param>
/// <param name="paths">For the places on the lines below.</param>
/// <param name="takesAll">Whether every line up to the next package belongs to it: the usage text of a tool, the stack
/// of a crashed compiler.</param>
internal sealed partial class GoProblemBlock(GoProblem problem, GoPaths paths, bool takesAll = false) : GoBlock
{
    private bool _takesAll = takesAll;
    private bool _afterBlank;

    public override bool Take(string text)
    {
        if (text.Length == 0)
        {
            _afterBlank = true;
            return true;
        }

        if (text.StartsWith("\t<unknown line number>: ", StringComparison.Ordinal))
        {
            return true;
        }

        _takesAll |= text == "SECURITY ERROR"; // of go.sum: its explanation is not indented
        if (!_takesAll && !char.IsWhiteSpace(text[0]))
        {
            return false;
        }

        if (
            _takesAll
            && (
                text.StartsWith("# ", StringComparison.Ordinal)
                || (problem.Kind == GoProblemKind.Setting && !Usage().IsMatch(text))))
        {
            return false;
        }

        if (Place().Match(text) is { Success: true } place)
        {
            Relate(place);
        }

        if (_afterBlank)
        {
            problem.Append("");
            _afterBlank = false;
        }

        problem.Append(text);
        return true;
    }

    public override IEnumerable<GoProblem> Close() => [problem];

    private void Relate(Match match)
    {
        if (paths.Resolve(match.Groups["file"].Value, problem.Package) is { } file)
        {
            problem.Relate(
                new RelatedLocation(
                    file,
                    GoPosition.Number(match.Groups["line"]),
                    GoPosition.Number(match.Groups["column"]),
                    match.Groups["text"].Value));
        }
    }

    [GeneratedRegex(
        @"^\s+(?<file>\S[^:]*(?::[^:0-9][^:]*)*?):(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?<text>.+)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?:\s|[Uu]sage:|Usage of |Flags:$|Run ')", RegexOptions.CultureInvariant)]
    private static partial Regex Usage();
}
