using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// One problem, said once: what is wrong, where, and what to do. The same object becomes an MSBuild error,
/// a line in the terminal and an entry in the dev host's API.
/// </summary>
/// <param name="Code">Stable code, e.g. <c>OVP1007</c>; see docs/diagnostics.</param>
/// <param name="Severity">Error, warning or message.</param>
/// <param name="Message">What is wrong and what to do, without position or code.</param>
internal sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message)
{
    private readonly string? _helpLink;

    /// <summary>Absolute path of the file it is about, or null when no file is.</summary>
    public string? File { get; init; }

    /// <summary>1-based line, 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>1-based column, 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>1-based last line of the span, 0 when unknown.</summary>
    public int EndLine { get; init; }

    /// <summary>1-based column after the span, 0 when unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>Other places that belong to it, in the order they were told.</summary>
    public IReadOnlyList<RelatedLocation> Related { get; init; } = [];

    /// <summary>The page that explains the code: ours, unless the tool that reports it has its own.</summary>
    public string HelpLink
    {
        get => _helpLink ?? HelpPages.For(Code);
        init => _helpLink = value;
    }

    public static Diagnostic Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);

    public static Diagnostic Warning(string code, string message) => new(code, DiagnosticSeverity.Warning, message);

    /// <summary>The same problem at a place in a file.</summary>
    public Diagnostic At(string? file, int line = 0, int column = 0) =>
        this with { File = file, Line = line, Column = column };

    // A list is equal only to itself, so the compiler's own equality would tell two tellings of one problem apart.
    public bool Equals(Diagnostic? other) =>
        other is not null
        && (Code, Severity, Message, File, HelpLink) == (
            other.Code, other.Severity, other.Message, other.File, other.HelpLink)
        && (Line, Column, EndLine, EndColumn) == (other.Line, other.Column, other.EndLine, other.EndColumn)
        && Related.SequenceEqual(other.Related);

    public override int GetHashCode() => HashCode.Combine(Code, Message, File, Line, Column);

    /// <summary>
    /// MSBuild's canonical form, <c>file(line,col): error CODE: text</c>, which IDEs and CI problem matchers read.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(File ?? "omniview");
        if (Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"({Line}");
            if (Column > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $",{Column}");
            }

            text.Append(')');
        }

        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "message",
        };
        return text.Append(CultureInfo.InvariantCulture, $": {severity} {Code}: {Message}").ToString();
    }
}
