using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// A problem as a workflow command of GitHub Actions, whose runner shows it beside the line of code it is about. One
/// line of standard output; the runner skips white space before it (actions/runner, ActionCommand.TryParseV2).
/// </summary>
internal static class GitHubAnnotation
{
    /// <param name="workspace">GITHUB_WORKSPACE: files below it are named relative to it, as GitHub knows them; null
    /// for none.</param>
    public static string Of(Diagnostic diagnostic, string? workspace)
    {
        var text = new StringBuilder("::").Append(diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => "error ",
            DiagnosticSeverity.Warning => "warning ",
            _ => "notice ",
        });
        if (diagnostic.File is { } file)
        {
            Append(text, "file", Named(file, workspace));
            AppendNumber(text, "line", diagnostic.Line);
            AppendNumber(text, "col", diagnostic.Column);
            AppendNumber(text, "endLine", diagnostic.EndLine);
            AppendNumber(text, "endColumn", diagnostic.EndColumn);
        }

        text.Append("title=").Append(EscapeProperty(diagnostic.Code));
        return text.Append("::").Append(Escape(diagnostic.Message)).ToString();
    }

    private static string Named(string file, string? workspace)
    {
        if (!string.IsNullOrEmpty(workspace))
        {
            var relative = Path.GetRelativePath(workspace, file);
            if (!Path.IsPathRooted(relative) && relative != ".."
                && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                file = relative;
            }
        }

        return OperatingSystem.IsWindows() ? file.Replace('\\', '/') : file;
    }

    private static void AppendNumber(StringBuilder text, string name, int number)
    {
        if (number > 0)
        {
            Append(text, name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Append(StringBuilder text, string name, string value) =>
        text.Append(name).Append('=').Append(EscapeProperty(value)).Append(',');

    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
