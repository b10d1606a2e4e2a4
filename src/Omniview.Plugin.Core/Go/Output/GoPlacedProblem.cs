using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Judges a line that begins with a place: whose it is and how bad.</summary>
internal static partial class GoPlacedProblem
{
    /// <param name="place">The line.</param>
    /// <param name="command">The go command that wrote it.</param>
    /// <param name="package">The package of the header above it; null without one.</param>
    /// <param name="isVet">Whether that is a header of vet.</param>
    /// <param name="paths">For places in its text.</param>
    public static GoProblem From(GoPosition place, GoCommand command, string? package, bool isVet, GoPaths paths)
    {
        if (GoPosition.Read(place.Text, package, paths) is { } inner && File.Exists(inner.File))
        {
            place = inner; // when two symbols collide, the compiler puts where it is itself before where the symbol is
        }

        if (C().Match(place.Text) is { Success: true } c)
        {
            var level = c.Groups["level"].Value switch
            {
                "warning" => DiagnosticSeverity.Warning,
                "note" or "remark" => DiagnosticSeverity.Message,
                _ => DiagnosticSeverity.Error,
            };
            return At(place, new GoProblem(GoProblemKind.C, c.Groups["text"].Value, level) { Package = package });
        }

        var named = Named().Match(place.Text);
        var text = named.Success ? named.Groups["text"].Value : place.Text;
        var kind = OfFile(place.File, text) ?? GoMessage.KindOf(text);
        if (kind is null && !place.IsVet && (isVet || (command == GoCommand.Vet && package is null)))
        {
            // For go vet these are suspicions; for go test, which runs a part of vet, they are why it does not test.
            return At(
                place,
                new GoProblem(
                    GoProblemKind.Vet,
                    text,
                    command == GoCommand.Vet ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error)
                {
                    Package = package,
                });
        }

        kind ??= Path.GetExtension(place.File) is ".s" or ".S" ? GoProblemKind.Assembler : GoProblemKind.Compiler;
        var problem = At(
            place,
            new GoProblem(kind, text) { Name = named.Success ? named.Groups["name"].Value : null, Package = package });
        if (
            Other().Match(text) is { Success: true } other
            && paths.Resolve(other.Groups["file"].Value, package) is { } file
            && File.Exists(file))
        {
            problem.Relate(
                new RelatedLocation(
                    file,
                    GoPosition.Number(other.Groups["line"]),
                    GoPosition.Number(other.Groups["column"]),
                    other.Groups["what"].Value));
        }

        return problem;
    }

    private static GoProblem At(GoPosition place, GoProblem problem) =>
        problem.At(place.File, place.Line, place.Column);

    private static GoProblemKind? OfFile(string file, string text) => Path.GetExtension(file) switch
    {
        ".mod" or ".work" =>
            GoMessage.KindOf(text) is { } kind && kind == GoProblemKind.Download ? kind : GoProblemKind.ModuleFile,
        ".sum" => GoProblemKind.Checksum,
        _ => null,
    };

    // "(first at f.go:1:2)", "(declared at f.go:1:2)", "goto L jumps over declaration of y at f.go:1:2"
    [GeneratedRegex(
        @"(?<what>\w+) at (?<file>[^\s:][^:]*\.go):(?<line>[0-9]+):(?<column>[0-9]+)\)?$", RegexOptions.CultureInvariant
    )]
    private static partial Regex Other();

    // -errorurl of the compiler adds the name of a type error to its first line.
    [GeneratedRegex(@"^(?<text>.*) \[go\.dev/e/(?<name>[A-Za-z]+)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("^(?:fatal )?(?<level>error|warning|note|remark): (?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex C();
}
