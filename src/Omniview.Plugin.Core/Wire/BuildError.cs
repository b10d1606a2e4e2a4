using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Wire;

/// <summary>A <see cref="Diagnostic"/> on the wire. The first four names are Omniview's.</summary>
/// <param name="File">Absolute path; empty when the problem is in no file.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>message</c>.</param>
/// <param name="Related">Other places that belong to it.</param>
/// <param name="Frame">The lines around it; null where the dev host shows none.</param>
internal sealed record BuildError(
    string File,
    int Line,
    int Column,
    string Message,
    string Code,
    string Severity,
    string HelpLink,
    int EndLine = 0,
    int EndColumn = 0,
    IReadOnlyList<RelatedLocation>? Related = null,
    CodeFrame? Frame = null)
{
    public static BuildError From(Diagnostic diagnostic) =>
        new(
            diagnostic.File ?? "",
            diagnostic.Line,
            diagnostic.Column,
            diagnostic.Message,
            diagnostic.Code,
            diagnostic.Severity.ToString().ToLowerInvariant(),
            diagnostic.HelpLink,
            diagnostic.EndLine,
            diagnostic.EndColumn,
            diagnostic.Related);

    /// <summary>The message behind its place, which is named as seen from a folder if it is in there.</summary>
    /// <param name="folder">Absolute path.</param>
    public string In(string folder)
    {
        var file = folder.Length > 0 && PathNames.IsBelow(File, folder) ? Path.GetRelativePath(folder, File) : File;
        return file.Length == 0 ? Message
            : Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}({Line},{Column}): {Message}")
            : $"{file}: {Message}";
    }

    public Diagnostic ToDiagnostic() =>
        new(Code, Enum.Parse<DiagnosticSeverity>(Severity, ignoreCase: true), Message)
        {
            File = File.Length == 0 ? null : File,
            Line = Line,
            Column = Column,
            EndLine = EndLine,
            EndColumn = EndColumn,
            Related = Related ?? [],
            HelpLink = HelpLink,
        };
}
