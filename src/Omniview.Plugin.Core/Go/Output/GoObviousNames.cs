using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The names of the type errors people make most, told by their text alone: to ask the compiler takes as long as the
/// failed build did, and most failed builds have no other errors.
/// </summary>
internal static partial class GoObviousNames
{
    private static readonly (Regex Text, string Name)[] Known =
    [
        (Undeclared(), "UndeclaredName"),
        (UndeclaredImported(), "UndeclaredImportedName"),
        (UnusedVariable(), "UnusedVar"),
        (UnusedImport(), "UnusedImport"),
        (NoReturn(), "MissingReturn"),
        (NoMember(), "MissingFieldOrMethod"),
        (WrongType(), "IncompatibleAssign"),
    ];

    /// <summary>The diagnostic with its name, or as it is.</summary>
    public static Diagnostic Named(Diagnostic diagnostic) =>
        diagnostic is { Code: DiagnosticCodes.GoProblem, Severity: DiagnosticSeverity.Error, Line: > 0 }
            && Of(diagnostic.Message) is { } name
            ? GoTypeErrors.Named(diagnostic, name)
            : diagnostic;

    /// <summary>The name in internal/types/errors, or null when the text could be that of several.</summary>
    public static string? Of(string message) => Array.Find(Known, one => one.Text.IsMatch(message)).Name;

    [GeneratedRegex(@"^undefined: [^\s.]+$")]
    private static partial Regex Undeclared();

    [GeneratedRegex(@"^undefined: [^\s.]+\.[^\s.]+$")]
    private static partial Regex UndeclaredImported();

    [GeneratedRegex(@"^declared and not used: \S+$")]
    private static partial Regex UnusedVariable();

    [GeneratedRegex(@"^""[^""]+"" imported (?:as \S+ )?and not used$")]
    private static partial Regex UnusedImport();

    [GeneratedRegex("^missing return$")]
    private static partial Regex NoReturn();

    [GeneratedRegex(@"^\S+ undefined \(type \S+ has no field or method [^\s,]+\)$")]
    private static partial Regex NoMember();

    [GeneratedRegex(
        @"^cannot use [^\n]{1,200} as [^\s()]+ value in "
            + @"(?:assignment|argument to \S+|return statement|variable declaration)$"
    )]
    private static partial Regex WrongType();
}
