using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Go stops after ten errors of a package. Not an error more, but a list that ends there would seem to be whole.
/// </summary>
internal static partial class GoErrorLimit
{
    public static bool Is(string text) => TooMany().IsMatch(text);

    public static GoProblem From(string text, string package, GoPaths paths)
    {
        var match = TooMany().Match(text);
        return new GoProblem(
            GoProblemKind.More,
            $"too many errors: the compiler stopped after ten in {package}",
            DiagnosticSeverity.Message)
        {
            Package = package,
        }.At(
            paths.Resolve(match.Groups["file"].Value, package),
            GoPosition.Number(match.Groups["line"]),
            GoPosition.Number(match.Groups["column"]));
    }

    [GeneratedRegex(
        @"^(?<file>.+?)(?::(?<line>[0-9]+))?(?::(?<column>[0-9]+))?: too many errors$", RegexOptions.CultureInvariant
    )]
    private static partial Regex TooMany();
}
