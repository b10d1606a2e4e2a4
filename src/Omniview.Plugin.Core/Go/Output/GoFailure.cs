using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using static Omniview.Plugin.Core.Go.Output.GoFailurePlace;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Failures told on a line without a place: what they look like, their kind, and how to find the place where the author
/// can do something about them. The first that matches counts. Those with a code of the SDK (OVP) are in
/// <see cref="GoKnownFailure"/>.
/// </summary>
internal sealed partial class GoFailure(GoPaths paths)
{
    private static readonly (GoProblemKind Kind, Regex Line, Locate Locate, bool TakesAll)[] Table =
    [
        Row(GoProblemKind.DiskFull, "(?:no space left on device|There is not enough space on the disk)", Nowhere),
        Row(
            GoProblemKind.Killed,
            "(?:^|: )signal: killed(?: |$)|(?:^|: )(?:fatal error: (?:runtime: )?out of memory|cannot allocate memory)",
            Nowhere,
            takesAll: true),
        Row(GoProblemKind.CompilerCrash, "(?:^|: )internal compiler error: ", Nowhere, takesAll: true),
        Row(
            GoProblemKind.Assembler,
            // of the program, as cmd/internal/obj shows an instruction: its number, its place, and itself
            "^(?:asm: )?(?:.*[: ])?[0-9]{5} \\((?<file>[^()]+\\.[sS]):(?<line>[0-9]+)\\)",
            AtNamed),
        Row(GoProblemKind.Assembler, "^asm: ", Nowhere),

        Row(GoProblemKind.UpdateNeeded, "^go: updates to go\\.(?:mod|sum|work) needed", AtModule),
        Row(
            GoProblemKind.UpdateNeeded,
            "^go: (?:existing contents have changed|to add missing requirements)",
            AtModule),
        Row(GoProblemKind.Vendor, "^go: inconsistent vendoring in (?<dir>.+):$", AtModuleOf),
        Row(
            GoProblemKind.Vendor,
            "^(?:go: )?(?:cannot find package \".*\" in vendor|.*: is explicitly required in go\\.mod, but)",
            AtModule),
        Row(GoProblemKind.Workspace, "^go: cannot load module (?<module>\\S+) listed in go\\.work file: ", AtUse),
        Row(GoProblemKind.Workspace, "^go: module (?<module>\\S+) listed in go\\.work file requires ", AtWork),
        Row(
            GoProblemKind.Workspace,
            "^directory .* is contained in a module that is not one of the workspace modules",
            AtWork),
        Row(
            GoProblemKind.Workspace,
            "^go: (?:reading|opening|open|cannot read) .*go\\.work|^go: (?:workspace|no modules were found)",
            AtWork),
        Row(
            GoProblemKind.ModuleFile,
            "^go: (?:error reading|reading|parsing|open) (?<file>.*go\\.mod): |^go: no module declaration in " +
            "(?<file>go\\.mod)",
            AtNamed),
        Row(
            GoProblemKind.Toolchain,
            "^go: invalid (?:GOTOOLCHAIN|toolchain)|^go: (?:GOTOOLCHAIN|toolchain) ",
            AtModule),
        Row(
            GoProblemKind.CgoOff,
            "^go: -(?:race|msan|asan) (?:requires cgo|is only supported|requires)|^-(?:race|msan|asan) ",
            Nowhere),
        Row(
            GoProblemKind.Setting,
            "^(?:go: )?(?:parsing \\$?GOFLAGS|(?:unknown )?GOEXPERIMENT|unknown GOEXPERIMENT|unsupported " +
            "GOOS/GOARCH|invalid GO[A-Z0-9]+|-[a-z]+=?\\S* |-[a-z]+ |flag provided but not defined: |invalid value " +
            ".* for flag|invalid boolean|cannot find GOROOT|creating work dir|no such tool |unknown " +
            "(?:flag|command)|reading overlay: |open \\S+\\.mod: |error obtaining buildID |\\S+ -flags failed: " +
            ")|^go \\S+: unknown command$|^preprofile: ",
            Nowhere,
            takesAll: true),
        Row(GoProblemKind.Setting, "^(?:\\S*link(?:\\.exe)?: )?-X flag requires |^\\S+: cannot set with -X: ", Nowhere),
        Row(
            GoProblemKind.Setting,
            "^(?:build cache is |failed to initialize build cache|buildmode=|-mod=|error obtaining VCS " +
            "status|GO[A-Z]+ )",
            Nowhere),
        Row(
            GoProblemKind.Checksum,
            "^(?:go: )?(?:verifying )?(?<module>[^\\s@]+)@\\S+: (?:verifying \\S+: )?checksum mismatch",
            AtRequirement,
            takesAll: true),
        Row(GoProblemKind.Checksum, "^(?:go: )?(?<module>[^\\s@]+)@\\S+: missing go\\.sum entry", AtRequirement),
        Row(GoProblemKind.Replacement, "^go: (?<module>[^\\s@]+)(?:@\\S+)? \\(replaced by [^)]*\\): ", AtRequirement),
        Row(GoProblemKind.ModuleFile, "^go: (?<module>[^\\s@]+)@\\S+: parsing go\\.mod:", AtRequirement),
        Row(
            GoProblemKind.PackageNotFound,
            "^go: (?:finding module for package|module (?<module>[^\\s@]+)@\\S+ found).*(?:does not contain|not found)",
            AtRequirement),
        Row(GoProblemKind.PackageNotFound, "^go: \\S+ (?:imports|tested by)$", AtModule),
        Row(GoProblemKind.Download, "^go: (?<module>[^\\s@]+)@\\S+(?: requires)?: ?", AtRequirement),
        Row(GoProblemKind.Download, "^go: (?:module lookup disabled|.*: (?:dial tcp|Get \"))|^go: .*GOPROXY", AtModule),
        Row(
            GoProblemKind.Excluded,
            "^(?:package )?(?:\\S+: )?build constraints exclude all Go files in (?<dir>.+)$",
            AtConstraint),
        Row(GoProblemKind.NoGoFiles, "^(?:package )?(?:\\S+: )?no (?:non-test )?Go files in (?<dir>.+)$", Nowhere),
        Row(GoProblemKind.NoGoFiles, "^no packages to |^go: (?:warning: )?\".*\" matched no packages", Nowhere),
        Row(
            GoProblemKind.MixedPackages,
            "^(?:\\S+: )?found packages (?<one>\\S+) \\((?<first>.+?)\\) and (?<other>\\S+) \\((?<second>.+?)\\) in " +
            "(?<dir>.+)$",
            AtSecondPackage),
        Row(GoProblemKind.NoFolder, "^open (?<file>\\S.*\\.go): ", AtNamed),
        Row(
            GoProblemKind.NoFolder,
            "^stat .+: (?:directory not found|no such file)|^(?:package \\S+: )?(?:cannot find package " +
            "\"?\\.|directory .* (?:not found|outside|is not in|does not contain|prefix .*))|^(?:go: )?directory " +
            ".*|^no such file or directory|^pattern .*: (?:directory prefix|lstat |open )|^main module \\(.*\\) " +
            "does not contain package",
            Nowhere),
        Row(
            GoProblemKind.PackageNotFound,
            "^package (?<path>\\S+) is not in (?:std|GOROOT)|^(?:go: )?(?:no required module provides " +
            "package|cannot find (?:module|package)|no matching packages)|^(?:malformed import path|package \\S+: " +
            ")cannot find",
            AtModule),
        Row(
            GoProblemKind.PackageNotFound,
            "^(?:go: |package )?(?:\\S+: )?ambiguous import: found package |" +
            "^go: .* imports .* from implicitly required module",
            AtModule),
        Row(
            GoProblemKind.ImportPath,
            "^(?:package )?(?:malformed import path|.*: invalid import path|\"?\\S+\"? is relative)",
            Nowhere),
        Row(GoProblemKind.Internal, "^package \\S+(?:\\s.*)?: use of internal package", Nowhere),
        Row(GoProblemKind.Syntax, "^(?<file>\\S.*\\.go): parsing //go:build line: ", AtBuildLine),
        Row(
            GoProblemKind.CgoOff,
            "^package (?<path>\\S+): (?:C|C\\+\\+|Objective-C|Fortran|SWIG|assembly)\\S* source files not allowed " +
            "when not using cgo.*: (?<name>\\S+)",
            AtFileOfPackage),
        Row(GoProblemKind.CgoDirective, "^(?<file>\\S.*\\.go): (?:invalid|malformed) #cgo ", AtCgoLine),
        Row(
            GoProblemKind.CgoDirective,
            "^(?<path>\\S+): (?:invalid|malformed) (?:flag in )?#cgo .*?(?:: (?<word>\\S+).*)?$",
            AtCgoFlag),
        Row(
            GoProblemKind.C,
            "^(?:\\S*(?:gcc|g\\+\\+|clang|clang\\+\\+|cc|c\\+\\+|cc1|cc1plus)(?:-[0-9.]+)?(?:\\.exe)?: (?:fatal " +
            ")?error: |\\S+: \\S*[\\\\/]cgo(?:\\.exe)?: )",
            Nowhere),
        Row(
            GoProblemKind.NoCCompiler,
            "^cgo: C compiler .* not found|exec: \"\\S*(?:gcc|g\\+\\+|clang|clang\\+\\+|cc)\\S*\": (?:executable " +
            "file not found|file does not exist|no such file)",
            Nowhere),
        Row(GoProblemKind.CName, "^cgo: (?:could not|cannot) ", Nowhere),
        Row(GoProblemKind.C, "^cgo: ", Nowhere),
        Row(GoProblemKind.CgoDirective, "^(?:(?<path>\\S+): )?invalid pkg-config package name: (?<word>.+)", AtCgoFlag),
        Row(
            GoProblemKind.UndefinedSymbol,
            "^(?:\\S*link\\S*: )?(?<user>\\S+): (?:relocation target (?<symbol>\\S+) not defined" +
            "|(?:undefined symbol in relocation:|unreachable sym in relocation:" +
            "|missing section for relocation target) (?<symbol>\\S+))",
            AtFunction),
        Row(GoProblemKind.UndefinedSymbol, "function main is undeclared in the main package$", AtPackage),
        Row(
            GoProblemKind.UndefinedSymbol,
            "^(?:\\S*[\\\\/])?link(?:\\.exe)?: .*(?:undefined: |unresolved |unreachable sym)|undefined reference to ",
            Nowhere),
        Row(
            GoProblemKind.DuplicateSymbol,
            "^(?:\\S*link\\S*: )?(?:.*duplicated definition of symbol|.*: duplicate symbol|duplicate symbol)",
            Nowhere),
        Row(
            GoProblemKind.UndefinedSymbol,
            "^(?:\\S*link\\S*: )?\\S+: invalid reference to (?<symbol>\\S+)",
            AtFunction),
        Row(
            GoProblemKind.Output,
            "^(?:\\S+: )?go build \\S+: |: build output \".*\" already exists|^go: no write access|^go: build " +
            "output|^open .*: permission denied",
            Nowhere),
    ];

    private readonly GoFailurePlace _place = new(paths);
    private string? _excluded; // a module whose required version go.mod excludes

    /// <param name="text">The line.</param>
    /// <param name="package">The package it is about, when known.</param>
    /// <returns>The problem, and whether it goes on to the next package; null when the line is no failure that is
    /// known.</returns>
    public (GoProblem Problem, bool TakesAll)? Read(string text, string? package)
    {
        var beginning = GoMessage.Beginning(text);
        foreach (var (kind, line, locate, takesAll) in Table)
        {
            if (line.Match(beginning) is { Success: true } match)
            {
                // of a usage text, only whose it is
                var problem = new GoProblem(
                    kind,
                    Prefix().Replace(text, "") + Advice(text),
                    text.StartsWith("go: warning: ", StringComparison.Ordinal)
                        ? DiagnosticSeverity.Warning
                        : DiagnosticSeverity.Error)
                {
                    Package = package,
                    MaxLines = kind == GoProblemKind.Setting ? 2 : GoProblem.ShownLines,
                };
                var placed = locate(problem, match, _place);
                if (kind == GoProblemKind.UpdateNeeded && _excluded is not null
                    && placed is { File: { } file, Line: 0 })
                {
                    placed.At(file, GoModuleMap.LineOf(file, _excluded));
                }

                return (placed, takesAll);
            }
        }

        return null;
    }

    /// <summary>Takes a line that is no failure, and may say why one comes.</summary>
    public void Hear(string text)
    {
        if (Excluded().Match(text) is { Success: true } match)
        {
            _excluded ??= match.Groups["module"].Value;
        }
    }

    /// <summary>Go keeps to itself what git said.</summary>
    private static string Advice(string text) =>
        text.StartsWith("error obtaining VCS status", StringComparison.Ordinal)
            ? ". `git status` there says why. A checkout of another user, as in a container, is allowed with " +
                "`git config --global --add safe.directory <checkout>`."
            : "";

    private static (GoProblemKind Kind, Regex Line, Locate Locate, bool TakesAll) Row(
        GoProblemKind kind, string line, Locate locate, bool takesAll = false) =>
        (kind, new Regex(line, RegexOptions.CultureInvariant), locate, takesAll);

    [GeneratedRegex(
        @"^go: ignoring requirement on excluded version (?<module>\S+) ", RegexOptions.CultureInvariant)]
    private static partial Regex Excluded();

    // Who says it: go, a tool of it by its whole path, or the package, which go names twice.
    [GeneratedRegex(
        @"^go: |^\S+: (?=go build \S+: )|(?<=^|^\S+: )/\S*/pkg/tool/[^/\s]+/(?=\S+: )|^link(?:\.exe)?: (?=\S+: )"
            + "|^asm: ",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Prefix();
}
