using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui.Sources;

/// <summary>
/// Looks into the sources of a UI for what the tools do not say: which file a name is, where in it a word is, where a
/// token ends.
/// </summary>
/// <param name="ui">Absolute path of the UI folder; relative names are below it.</param>
internal sealed partial class UiSources(string ui)
{
    private const int MaxBytes = 8 * 1024 * 1024;

    private (string? File, string[] Lines) _last = (null, []);

    public string Directory => ui;

    /// <summary>The UI's Vite configuration, else its package.json: where a plugin is chosen.</summary>
    public string Configuration =>
        System.IO.Directory.EnumerateFiles(ui, "vite.config.*").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? Path.Combine(ui, "package.json");

    /// <summary>
    /// Absolute path of a file a tool names: relative, absolute or as URL, with or without a query; null when there is
    /// none.
    /// </summary>
    public string? File(string name)
    {
        var path = name.Split('?')[0];
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return null; // Rollup's mark of a module that no file holds
        }

        if (path.StartsWith("file:///", StringComparison.Ordinal) && Uri.TryCreate(path, UriKind.Absolute, out var url))
        {
            path = url.LocalPath;
        }

        path = Path.GetFullPath(path, ui);
        return System.IO.File.Exists(path) ? path : null;
    }

    /// <summary>The text of a 1-based line, or null.</summary>
    public string? Line(string file, int line) =>
        Lines(file) is var lines && line >= 1 && line <= lines.Length ? lines[line - 1] : null;

    /// <summary>The problem at the first place that holds the text in quotes, else at the file.</summary>
    public Diagnostic AtQuoted(Diagnostic problem, string file, string text)
    {
        var lines = Lines(file);
        for (var line = 0; line < lines.Length; line++)
        {
            var column = new[] { $"\"{text}\"", $"'{text}'", $"`{text}`", $"({text})" }.Max(
                quoted => lines[line].IndexOf(quoted, StringComparison.Ordinal));
            if (column >= 0)
            {
                return problem.At(file, line + 1, column + 1) with
                {
                    EndLine = line + 1,
                    EndColumn = column + text.Length + 3,
                };
            }
        }

        return problem.At(file);
    }

    /// <summary>
    /// The problem at a place, up to the end of the word there. A column beyond the line is dropped: it was counted in
    /// another text.
    /// </summary>
    public Diagnostic AtWord(Diagnostic problem, string file, int line, int column)
    {
        var text = Line(file, line);
        if (text is null || column < 1)
        {
            return problem.At(file, line, Math.Max(column, 0));
        }

        if (column > text.Length + 1)
        {
            return problem.At(file, line);
        }

        var word = Word().Match(text, column - 1);
        return word.Success
            ? problem.At(file, line, column) with { EndLine = line, EndColumn = column + word.Length }
            : problem.At(file, line, column);
    }

    /// <summary>
    /// The 1-based column, in characters as editors count, of a 0-based one in bytes of UTF-8 as esbuild counts.
    /// </summary>
    public int Column(string file, int line, int byteColumn)
    {
        if (Line(file, line) is not { } text)
        {
            return byteColumn + 1;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return (byteColumn <= bytes.Length ? Encoding.UTF8.GetCharCount(bytes, 0, byteColumn) : byteColumn) + 1;
    }

    /// <summary>Where a file stops being JSON, 1-based; zeros when it is JSON.</summary>
    public (int Line, int Column) BadJson(string file)
    {
        try
        {
            using var _ = JsonDocument.Parse(string.Join('\n', Lines(file)));
            return (0, 0);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? -1) + 1;
            return (line, Column(file, line, (int)(e.BytePositionInLine ?? 0)));
        }
    }

    public static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    public string[] Lines(string file)
    {
        if (_last.File == file)
        {
            return _last.Lines;
        }

        _last = (file, []);
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: <= MaxBytes })
            {
                _last = (file, System.IO.File.ReadAllLines(file));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // gone or not ours to read: the problem keeps the place the tool gave it
        }

        return _last.Lines;
    }

    [GeneratedRegex(
        """\G(?:[\p{L}_$][\p{L}\p{Nd}_$]*|[0-9][0-9a-zA-Z_.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Word();
}
