using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>A problem that is still being told: go says on further lines what more there is.</summary>
internal sealed class GoProblem(
    GoProblemKind kind, string message, DiagnosticSeverity severity = DiagnosticSeverity.Error)
{
    public const int ShownLines = 40;
    private const int MaxChars = 8 * 1024;
    private const int ShownOfLine = 2000;
    private const int MaxRelated = 20;

    private readonly StringBuilder _message = new(message.Length <= MaxChars ? message : message[..MaxChars] + "…");
    private int _lines = 1;
    private int _cut;

    public GoProblemKind Kind { get; } = kind;

    public DiagnosticSeverity Severity { get; set; } = severity;

    /// <summary>
    /// The compiler's own name of the error, e.g. <c>UndeclaredName</c>; null when it did not say it.
    /// </summary>
    public string? Name { get; init; }

    public string? File { get; set; }

    public int Line { get; set; }

    /// <summary>1-based, in bytes.</summary>
    public int Column { get; set; }

    /// <summary>1-based, in bytes; with <see cref="EndLine"/>, when the tool said where it ends.</summary>
    public int EndColumn { get; init; }

    public int EndLine { get; init; }

    public string? HelpLink { get; init; }

    /// <summary>
    /// Whether <see cref="Column"/> counts what a terminal shows, as gcc does, and not bytes, as clang does.
    /// </summary>
    public bool IsInDisplay { get; set; }

    /// <summary>How many lines of it are shown.</summary>
    public int MaxLines { get; init; } = ShownLines;

    /// <summary>The package it was found in, when known.</summary>
    public string? Package { get; init; }

    public List<RelatedLocation> Related { get; } = [];

    public string Message => _message.ToString();

    private Regex? Shape =>
        Kind == GoProblemKind.Library ? GoSources.Word
        : Kind == GoProblemKind.Embed ? (
            Message.StartsWith("pattern ", StringComparison.Ordinal) ? GoSources.Word : null)
        : Kind.Code.StartsWith("GO2", StringComparison.Ordinal) ? GoSources.Import
        : null;

    public GoProblem At(string? file, int line = 0, int column = 0)
    {
        (File, Line, Column) = (file, line, column);
        return this;
    }

    public void Append(string line)
    {
        _lines++;
        if (_lines <= MaxLines && _message.Length + Math.Min(line.Length, ShownOfLine) < MaxChars)
        {
            _message.Append('\n').Append(line.Length <= ShownOfLine ? line : line[..ShownOfLine] + "…");
        }
        else
        {
            _cut++;
        }
    }

    public void Prefix(string text) => _message.Insert(0, text);

    public void Relate(RelatedLocation place)
    {
        if (Related.Count < MaxRelated)
        {
            Related.Add(place);
        }
    }

    public Diagnostic ToDiagnostic(GoSources sources)
    {
        var related = Related.Select(one =>
            one with
            {
                Column =
                    one.Column == 0
                        ? 0
                        : sources.Span(one.File, one.Line, ByteColumn(sources, one.File, one.Line, one.Column)).Column,
            });
        var diagnostic = new Diagnostic(Kind.Code, Severity, Message.TrimEnd() + More())
        {
            Related = [.. related.DistinctBy(one => (one.File, one.Line, one.Column))],
        };
        if ((Name ?? ObviousName()) is { } name)
        {
            diagnostic = GoTypeErrors.Named(diagnostic, name);
        }
        else if (HelpLink is not null)
        {
            diagnostic = diagnostic with { HelpLink = HelpLink };
        }

        if (File is null || Line == 0 || Column == 0)
        {
            return diagnostic.At(File, Line, Column);
        }

        var (column, end) = sources.Span(File, Line, ByteColumn(sources, File, Line, Column), Shape);
        diagnostic = diagnostic.At(File, Line, column);
        return EndLine > 0
                ? diagnostic with
                {
                    EndLine = EndLine,
                    EndColumn = sources.Span(File, EndLine, EndColumn).Column,
                }
            : end > 0 ? diagnostic with { EndLine = Line, EndColumn = end }
            : diagnostic;
    }

    private string? ObviousName() => Kind == GoProblemKind.Compiler ? GoObviousNames.Of(Message.TrimEnd()) : null;

    private string More() =>
        _cut == 0 || MaxLines < ShownLines ? "" : $"\n… and {_cut} more lines, see the output of go";

    /// <summary>The column in bytes, as Go counts, of one that a C compiler told.</summary>
    private int ByteColumn(GoSources sources, string file, int line, int column) =>
        Kind == GoProblemKind.C && sources.Line(file, line) is { } text
            ? GoCColumn.ToBytes(text, column, IsInDisplay, isGo: Path.GetExtension(file) == ".go")
            : column;
}
