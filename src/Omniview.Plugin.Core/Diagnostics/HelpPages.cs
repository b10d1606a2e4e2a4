using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// Where the page of a diagnostic code is: one file per code under docs/diagnostics, one for all of TypeScript's, and
/// one for all errors of Go's type checker.
/// </summary>
internal static partial class HelpPages
{
    private const string Root = "https://github.com/omniviewdev/omniview-plugin-dotnet/blob/main/docs/diagnostics/";

    public static string For(string code) =>
        $"{Root}{(OfTypeScript().IsMatch(code) ? DiagnosticCodes.TypeScript : OfGoTypes().Replace(code, "GO7"))}.md";

    /// <summary>Go's own page of an error of its type checker.</summary>
    public static string ForGo(string name) => $"https://pkg.go.dev/internal/types/errors#{name}";

    [GeneratedRegex("^TS[0-9]+\\z")]
    private static partial Regex OfTypeScript();

    [GeneratedRegex("^GO7[0-9]{3}\\z")]
    private static partial Regex OfGoTypes();
}
