using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Failures told on a line without a place: what they look like, their kind and where the author can do something about
/// them. The first that matches counts. Those with a code of the SDK (OVP) are in <see cref="GoKnownFailure"/>.
/// </summary>
internal sealed partial class GoFailure(GoPaths paths)
{
    private delegate GoProblem Placed(GoProblem problem, Match match, GoFailure at);

    private static readonly (GoProblemKind Kind, Regex Line, Placed Place, bool TakesAll)[] Table =
    [
        Row(GoProblemKind.DiskFull, "(?:no space left on device|There is not enough space on the disk)", Nowhere),
        Row(
            GoProblemKind.Killed,
            "(?:^|: )signal: killed(?: |$)|(?:^|: )(?:fatal error: (?:runtime: )?out of memory|cannot allocate memory)",
            Nowhere,
            takesAll: true),
        Row(GoProblemKind.CompilerCrash, "(?:^|: )internal compiler error: ", Nowhere, takesAll: true),

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
        Row(
            GoProblemKind.UndefinedSymbol,
            "^(?:\\S*link\\S*: )?(?<user>\\S+): relocation target (?<symbol>\\S+) not defined",
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

    private readonly GoPaths _paths = paths;
    private readonly GoSources _sources = new();

    /// <param name="text">The line.</param>
    /// <param name="package">The package it is about, when known.</param>
    /// <returns>The problem, and whether it goes on to the next package; null when the line is no failure that is
    /// known.</returns>
    public (GoProblem Problem, bool TakesAll)? Read(string text, string? package)
    {
        var beginning = GoMessage.Beginning(text);
        foreach (var (kind, line, place, takesAll) in Table)
        {
            if (line.Match(beginning) is { Success: true } match)
            {
                // of a usage text, only whose it is
                var problem = new GoProblem(kind, Prefix().Replace(text, ""))
                {
                    Package = package,
                    MaxLines = kind == GoProblemKind.Setting ? 2 : GoProblem.ShownLines,
                };
                return (place(problem, match, this), takesAll);
            }
        }

        return null;
    }

    private static (GoProblemKind Kind, Regex Line, Placed Place, bool TakesAll) Row(
        GoProblemKind kind, string line, Placed place, bool takesAll = false) =>
        (kind, new Regex(line, RegexOptions.CultureInvariant), place, takesAll);

    private static GoProblem Nowhere(GoProblem problem, Match match, GoFailure at) => problem;

    private static GoProblem AtModule(GoProblem problem, Match match, GoFailure at) => problem.At(at.Modules.ModFile);

    private static GoProblem AtModuleOf(GoProblem problem, Match match, GoFailure at)
    {
        var folder = match.Groups["dir"].Value;
        return new[] { "go.work", "go.mod" }.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) is { } file
            ? problem.At(file)
            : problem.At(at.Modules.ModFile);
    }

    private static GoProblem AtNamed(GoProblem problem, Match match, GoFailure at) =>
        problem.At(at._paths.Resolve(match.Groups["file"].Value, null) ?? at.Modules.ModFile);

    private static GoProblem AtWork(GoProblem problem, Match match, GoFailure at) =>
        at.Modules.WorkFile is not { } file ? problem
        : match.Groups["module"].Success ? problem.At(file, GoModuleMap.LineOf(file, "go"))
        : problem.At(file);

    private static GoProblem AtUse(GoProblem problem, Match match, GoFailure at)
    {
        // Go cleans the path before it names it: ./a is told as a.
        var module = match.Groups["module"].Value;
        return at.Modules.WorkFile is not { } file ? problem
            : problem.At(
                file,
                new[] { module, "./" + module, module + "/", "./" + module + "/" }
                    .Select(word => GoModuleMap.LineOf(file, word))
                    .FirstOrDefault(line => line > 0));
    }

    private static GoProblem AtRequirement(GoProblem problem, Match match, GoFailure at) =>
        at.Modules.ModFile is { } file
            ? problem.At(file, GoModuleMap.LineOf(file, match.Groups["module"].Value))
            : problem;

    private static GoProblem AtConstraint(GoProblem problem, Match match, GoFailure at) =>
        GoPaths.GoFiles(match.Groups["dir"].Value) is [var file, ..]
            ? problem.At(file, at._sources.Find(file, Lines.Build).Line)
            : problem;

    private static GoProblem AtSecondPackage(GoProblem problem, Match match, GoFailure at)
    {
        var (first, second) = (
            Path.Combine(match.Groups["dir"].Value, match.Groups["first"].Value),
            Path.Combine(match.Groups["dir"].Value, match.Groups["second"].Value));
        problem.Relate(
            new RelatedLocation(
                first, at._sources.Find(first, Lines.Package).Line, 0, $"package {match.Groups["one"].Value}"));
        return problem.At(second, at._sources.Find(second, Lines.Package).Line);
    }

    private static GoProblem AtBuildLine(GoProblem problem, Match match, GoFailure at)
    {
        var name = match.Groups["file"].Value;
        var file = at._paths.Resolve(name, problem.Package) is { } full && File.Exists(full)
            ? full
            : at._paths.FindByName(name);
        return file is not null ? problem.At(file, at._sources.Find(file, Lines.Build).Line) : problem;
    }

    private static GoProblem AtFileOfPackage(GoProblem problem, Match match, GoFailure at) =>
        at._paths.PackageFolder(match.Groups["path"].Value) is { } folder
            ? problem.At(Path.Combine(folder, match.Groups["name"].Value))
            : problem;

    private static GoProblem AtCgoLine(GoProblem problem, Match match, GoFailure at)
    {
        var file = match.Groups["file"].Value;
        return problem.At(at._paths.Resolve(file, problem.Package), at._sources.Find(file, Lines.Cgo).Line);
    }

    private static GoProblem AtCgoFlag(GoProblem problem, Match match, GoFailure at)
    {
        var word = match.Groups["word"].Value;
        return
            GoPaths
                .GoFiles(at._paths.PackageFolder(match.Groups["path"].Value))
                .Select(file =>
                    (
                        File: file,
                        at._sources.Find(
                            file, new Regex("#cgo .*" + Regex.Escape(word), RegexOptions.CultureInvariant)
                        ).Line))
                .FirstOrDefault(found => found.Line > 0)
                is { Line: > 0 } place
            ? problem.At(place.File, place.Line)
            : problem;
    }

    private static GoProblem AtFunction(GoProblem problem, Match match, GoFailure at)
    {
        // The declaration without a body, else its use in an assembler file, else the function that asks for it.
        var symbol = match.Groups["symbol"].Value;
        var (name, user) = (Regex.Escape(Last(symbol)), Regex.Escape(Last(match.Groups["user"].Value)));
        var folder = problem.Package is null ? null : at._paths.PackageFolder(problem.Package);
        var place = Find("*.go", $"^func {name}\\(|^//go:linkname {name} |^//go:linkname .* {Regex.Escape(symbol)}$")
            ?? Find("*.s", $"·{name}(?:<|\\()")
            ?? (user.Length == 0 ? null : Find("*.go", $"^func (?:\\([^)]*\\) )?{user}\\("));
        return place is var (file, line) ? problem.At(file, line) : problem;

        static string Last(string symbol) => symbol[(symbol.LastIndexOf('.') + 1)..];

        (string File, int Line)? Find(string files, string pattern) =>
            GoPaths
                .Files(folder, files)
                .Select(file =>
                    (File: file, at._sources.Find(file, new Regex(pattern, RegexOptions.CultureInvariant)).Line))
                .FirstOrDefault(found => found.Line > 0)
                is { Line: > 0 } found
                ? found
                : null;
    }

    private static GoProblem AtPackage(GoProblem problem, Match match, GoFailure at) =>
        GoPaths.GoFiles(problem.Package is null ? null : at._paths.PackageFolder(problem.Package))
            .FirstOrDefault(file => !file.EndsWith("_test.go", StringComparison.Ordinal)) is { } file
            ? problem.At(file, at._sources.Find(file, Lines.Package).Line)
            : problem;

    // Who says it: go, a tool of it by its whole path, or the package, which go names twice.
    [GeneratedRegex(
        @"^go: |^\S+: (?=go build \S+: )|(?<=^|^\S+: )/\S*/pkg/tool/[^/\s]+/(?=\S+: )|^link(?:\.exe)?: (?=\S+: )",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Prefix();

    private GoModuleMap Modules => _paths.Modules;

    private static class Lines
    {
        public static readonly Regex Build = new("^//(?:go:build|\\s*\\+build) ", RegexOptions.CultureInvariant);
        public static readonly Regex Package = new("^package ", RegexOptions.CultureInvariant);
        public static readonly Regex Cgo = new("#cgo ", RegexOptions.CultureInvariant);
    }
}
