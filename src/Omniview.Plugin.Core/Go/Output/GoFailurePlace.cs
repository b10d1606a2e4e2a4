using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Where the author can do something about a <see cref="GoFailure"/>: go.mod, go.work, or a line of a source.
/// </summary>
internal sealed class GoFailurePlace(GoPaths paths)
{
    public static readonly Locate Nowhere = (problem, _, _) => problem;

    private readonly GoPaths _paths = paths;
    private readonly GoSources _sources = new();

    /// <summary>The problem, at its place if that is found.</summary>
    /// <param name="problem">Without a place.</param>
    /// <param name="match">What the line says of the place.</param>
    /// <param name="at">Finds it.</param>
    internal delegate GoProblem Locate(GoProblem problem, Match match, GoFailurePlace at);

    private GoModuleMap Modules => _paths.Modules;

    public static GoProblem AtModule(GoProblem problem, Match _, GoFailurePlace at) =>
        problem.At(at.Modules.ModFile);

    public static GoProblem AtModuleOf(GoProblem problem, Match match, GoFailurePlace at)
    {
        var folder = match.Groups["dir"].Value;
        return new[] { "go.work", "go.mod" }.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) is { } file
            ? problem.At(file)
            : problem.At(at.Modules.ModFile);
    }

    public static GoProblem AtNamed(GoProblem problem, Match match, GoFailurePlace at) =>
        problem.At(
            at._paths.Resolve(match.Groups["file"].Value, null) ?? at.Modules.ModFile,
            GoPosition.Number(match.Groups["line"]));

    public static GoProblem AtWork(GoProblem problem, Match match, GoFailurePlace at) =>
        at.Modules.WorkFile is not { } file ? problem
        : match.Groups["module"].Success ? problem.At(file, GoModuleMap.LineOf(file, "go"))
        : problem.At(file);

    public static GoProblem AtUse(GoProblem problem, Match match, GoFailurePlace at)
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

    public static GoProblem AtRequirement(GoProblem problem, Match match, GoFailurePlace at) =>
        at.Modules.ModFile is { } file
            ? problem.At(file, GoModuleMap.LineOf(file, match.Groups["module"].Value))
            : problem;

    public static GoProblem AtConstraint(GoProblem problem, Match match, GoFailurePlace at) =>
        GoPaths.GoFiles(match.Groups["dir"].Value) is [var file, ..]
            ? problem.At(file, at._sources.Find(file, Lines.Build).Line)
            : problem;

    public static GoProblem AtSecondPackage(GoProblem problem, Match match, GoFailurePlace at)
    {
        var (first, second) = (
            Path.Combine(match.Groups["dir"].Value, match.Groups["first"].Value),
            Path.Combine(match.Groups["dir"].Value, match.Groups["second"].Value));
        problem.Relate(
            new RelatedLocation(
                first, at._sources.Find(first, Lines.Package).Line, 0, $"package {match.Groups["one"].Value}"));
        return problem.At(second, at._sources.Find(second, Lines.Package).Line);
    }

    public static GoProblem AtBuildLine(GoProblem problem, Match match, GoFailurePlace at)
    {
        var name = match.Groups["file"].Value;
        var file = at._paths.Resolve(name, problem.Package) is { } full && File.Exists(full)
            ? full
            : at._paths.FindByName(name);
        return file is not null ? problem.At(file, at._sources.Find(file, Lines.Build).Line) : problem;
    }

    public static GoProblem AtFileOfPackage(GoProblem problem, Match match, GoFailurePlace at) =>
        at._paths.PackageFolder(match.Groups["path"].Value) is { } folder
            ? problem.At(Path.Combine(folder, match.Groups["name"].Value))
            : problem;

    public static GoProblem AtCgoLine(GoProblem problem, Match match, GoFailurePlace at)
    {
        var file = match.Groups["file"].Value;
        return problem.At(at._paths.Resolve(file, problem.Package), at._sources.Find(file, Lines.Cgo).Line);
    }

    public static GoProblem AtCgoFlag(GoProblem problem, Match match, GoFailurePlace at)
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

    public static GoProblem AtFunction(GoProblem problem, Match match, GoFailurePlace at)
    {
        // The declaration without a body, else its use in an assembler file, else the function that asks for it.
        var symbol = match.Groups["symbol"].Value;
        var (name, user) = (Regex.Escape(Last(symbol)), Regex.Escape(Last(match.Groups["user"].Value)));
        var folder = problem.Package is null ? null : at._paths.PackageFolder(problem.Package);
        var place = Find(
                "*.go",
                $"^func {Receiver(symbol)}{name}\\(|^//go:linkname {name} "
                    + $"|^//go:linkname .* {Regex.Escape(symbol)}$")
            ?? Find("*.s", $"·{name}(?:<|\\()")
            ?? (user.Length == 0 ? null : Find("*.go", $"^func (?:\\([^)]*\\) )?{user}\\("));
        return place is var (file, line) ? problem.At(file, line) : problem;

        static string Last(string symbol) => symbol[(symbol.LastIndexOf('.') + 1)..];

        // main.(*Engine).Start, and main.Engine.Start of a value; a package's path may have dots before its last slash
        static string Receiver(string symbol) =>
            symbol[(symbol.LastIndexOf('/') + 1)..].Split('.') is [_, var type, _]
                ? $"\\([^)]*\\b{Regex.Escape(type.Trim('(', ')', '*'))}\\b[^)]*\\) "
                : "";

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

    public static GoProblem AtPackage(GoProblem problem, Match _, GoFailurePlace at) =>
        GoPaths.GoFiles(problem.Package is null ? null : at._paths.PackageFolder(problem.Package))
            .FirstOrDefault(file => !file.EndsWith("_test.go", StringComparison.Ordinal)) is { } file
            ? problem.At(file, at._sources.Find(file, Lines.Package).Line)
            : problem;

    private static class Lines
    {
        public static readonly Regex Build = new("^//(?:go:build|\\s*\\+build) ", RegexOptions.CultureInvariant);
        public static readonly Regex Package = new("^package ", RegexOptions.CultureInvariant);
        public static readonly Regex Cgo = new("#cgo ", RegexOptions.CultureInvariant);
    }
}
