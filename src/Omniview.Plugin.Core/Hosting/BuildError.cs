using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>A <see cref="Diagnostic"/> on the wire. The first four names are Omniview's.</summary>
public sealed record BuildError(string File, int Line, int Column, string Message, string Code, string Severity, string HelpLink)
{
    public static BuildError From(Diagnostic diagnostic) =>
        new(
            diagnostic.File ?? "",
            diagnostic.Line,
            diagnostic.Column,
            diagnostic.Message,
            diagnostic.Code,
            diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
            diagnostic.HelpLink);

    public Diagnostic ToDiagnostic() =>
        new(Code, Severity == "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, Message)
        {
            File = File.Length == 0 ? null : File,
            Line = Line,
            Column = Column,
        };
}
