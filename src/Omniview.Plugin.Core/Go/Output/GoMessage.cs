using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>The kind of a problem that has a place in a file, by its text. The first that matches counts.</summary>
internal static class GoMessage
{
    private const int LookedAt = 2000;

    private static readonly (GoProblemKind Kind, Regex Text)[] Kinds =
    [
        (GoProblemKind.DiskFull, Pattern("no space left on device|There is not enough space on the disk")),
        (GoProblemKind.CompilerCrash, Pattern("^internal compiler error: ")),
        (GoProblemKind.Embed, Pattern("^misplaced go:embed")),
        (
            GoProblemKind.Syntax,
            Pattern(
                "^(?:syntax error: |missing ',' |octal escape |invalid character |invalid BOM |illegal |expected " +
                "|misplaced compiler directive|newline in |(?:string|comment|rune literal|raw string) not " +
                "terminated|more than one character in rune|empty rune |unknown escape|escape |invalid " +
                "UTF-8|invalid NUL|parsing //go:build|string literal not terminated|rune literal not terminated|'_' " +
                "must separate|(?:hexadecimal|octal|binary|decimal) literal|invalid digit |exponent has no digits)"
            )),
        (
            GoProblemKind.Embed,
            Pattern("^(?:pattern .*: (?:no matching files|invalid pattern|cannot embed)|go:embed |invalid go:embed)")),
        (GoProblemKind.CaseCollision, Pattern("^case-insensitive import collision")),
        (GoProblemKind.ProgramImport, Pattern("^import \".*\" is a program, not an importable package")),
        (GoProblemKind.Internal, Pattern("^use of (?:internal|vendored) package ")),
        (GoProblemKind.ImportCycle, Pattern("^(?:import cycle not allowed|package .* imports itself)")),
        (
            GoProblemKind.Excluded,
            Pattern("^(?:build constraints exclude all Go files|package .*: build constraints exclude)")),
        (GoProblemKind.NoGoFiles, Pattern("^(?:package .*: )?no (?:non-test )?Go files in ")),
        (GoProblemKind.MixedPackages, Pattern("^found packages ")),
        (
            GoProblemKind.Checksum,
            Pattern(
                "^(?:missing go\\.sum entry|malformed go\\.sum|checksum mismatch|wrong number of fields|.*verifying " +
                ".*: checksum mismatch|.*: checksum mismatch$)"
            )),
        (
            GoProblemKind.Replacement,
            Pattern("^[^ ]+@[^ ]+: replacement (?:directory|module)|^[^ ]+(?:@[^ ]+)? \\(replaced by [^)]*\\)")),
        (
            GoProblemKind.PackageNotFound,
            Pattern(
                "^(?:no required module provides package|package .* is not in (?:std|GOROOT)|package .* provided by " +
                "|cannot find (?:module|package)|ambiguous import|.* but does not contain package|(?:main )?module " +
                ".* does not contain package)"
            )),
        (
            GoProblemKind.ImportPath,
            Pattern(
                "^(?:\".*\" is relative, but|local import |malformed (?:import|module) path|invalid import " +
                "path|package .* is not a valid import path|relative import)"
            )),
        (
            GoProblemKind.Download,
            Pattern(
                "^(?:[^ ]+@[^ ]+: )?(?:[Gg]et \"|module lookup disabled|reading (?:https?|file)://|unrecognized " +
                "import path|invalid version: |git .*: exit status|dial tcp|.*(?:GOPROXY|GONOSUMDB|GOVCS) )"
            )),
        (GoProblemKind.CName, Pattern("^could not determine (?:what|kind of name for) C\\.")),
        (GoProblemKind.CgoDirective, Pattern("^(?:malformed|invalid) #cgo |^invalid flag in #cgo ")),
        (GoProblemKind.NoBody, Pattern("^missing function body$|^func (?:init|main) must have a body")),
        (GoProblemKind.DuplicateSymbol, Pattern("symbol [^ ]+ redeclared$|^[^ ]+ defined in both Go and assembly$")),
        (GoProblemKind.UndefinedSymbol, Pattern("undefined reference to |undefined symbol: ")),
        (GoProblemKind.DuplicateSymbol, Pattern("^(?:ld: |error: )?(?:multiple definition of |duplicate symbol)")),
        (GoProblemKind.Generate, Pattern("^running \".*\": ")),
        (GoProblemKind.ModuleFile, Pattern("^unknown directive: ")),
        (GoProblemKind.TestSignature, Pattern("^wrong signature for ")),
    ];

    /// <summary>The kind of a text; null when any part of the toolchain may have said it.</summary>
    public static GoProblemKind? KindOf(string text)
    {
        text = Beginning(text);
        foreach (var (kind, pattern) in Kinds)
        {
            if (pattern.IsMatch(text))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>As much of a line as is looked at to tell what it is.</summary>
    public static string Beginning(string text) => text.Length <= LookedAt ? text : text[..LookedAt];

    // Interpreted: with NonBacktracking the tables here and in GoFailure take 0.35 s to construct, more than a failing
    // build takes. What backtracking costs on a hostile line is bounded by looking at its beginning only.
    private static Regex Pattern(string text) => new(text, RegexOptions.CultureInvariant);
}
