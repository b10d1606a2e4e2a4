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

        var (text, name) = GoNameTag.Split(place.Text);
        if (GoNote.Is(text))
        {
            return At(
                place, new GoProblem(GoProblemKind.Compiler, text, DiagnosticSeverity.Message) { Package = package });
        }

        var kind = OfFile(place.File, text) ?? GoMessage.KindOf(text) ?? OfTool(place.Tool) ?? OfVet(place.File, text);
        if (kind is null && !place.IsVet && (isVet || (command == GoCommand.Vet && package is null)))
        {
            kind = GoProblemKind.Vet;
        }

        if (kind == GoProblemKind.Vet)
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

        kind ??= IsAssembler(place.File) ? GoProblemKind.Assembler : GoProblemKind.Compiler;
        var problem = At(
            place,
            new GoProblem(kind, text) { Name = name, Package = package });
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

    /// <summary>What vet has against an assembler file, it tells after the architecture (asmdecl).</summary>
    private static GoProblemKind? OfVet(string file, string text) =>
        IsAssembler(file) && Architecture().IsMatch(text) ? GoProblemKind.Vet : null;

    private static bool IsAssembler(string file) => Path.GetExtension(file) is ".s" or ".S";

    private static GoProblemKind? OfTool(string tool) => tool switch
    {
        "cgo" => GoProblemKind.C,
        "asm" => GoProblemKind.Assembler,
        _ => null,
    };

    [GeneratedRegex(@"^\[[a-z0-9]+\] ", RegexOptions.CultureInvariant)]
    private static partial Regex Architecture();

    // "(first at f.go:1:2)", "(declared at f.go:1:2)", "goto L jumps over declaration of y at f.go:1:2"
    [GeneratedRegex(
        @"(?<what>\w+) at (?<file>[^\s:][^:]*\.go):(?<line>[0-9]+):(?<column>[0-9]+)\)?$", RegexOptions.CultureInvariant
    )]
    private static partial Regex Other();

    [GeneratedRegex("^(?:fatal )?(?<level>error|warning|note|remark): (?<text>.+)$", RegexOptions.CultureInvariant)]
    internal static partial Regex C();
}
