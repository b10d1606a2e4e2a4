using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Looks into source files for what go does not say: where a token ends, and which character a byte column is.
/// </summary>
internal sealed partial class GoSources
{
    private const int MaxBytes = 8 * 1024 * 1024;

    private (string? Name, byte[] Bytes, List<int> Starts) _last = (null, [], []);

    /// <summary>The text of a line, without its end; null when it can not be read.</summary>
    public string? Line(string file, int line) =>
        LineBytes(file, line) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>
    /// 1-based number of the first line that matches, and the column in bytes where it does; zeros when none does.
    /// </summary>
    public (int Line, int Column) Find(string file, Regex pattern)
    {
        for (var line = 1; Line(file, line) is { } text; line++)
        {
            if (text.Length <= GoOutputReader.ShownChars && pattern.Match(text) is { Success: true } match)
            {
                return (
                    line,
                    Encoding.UTF8.GetByteCount(
                        text.AsSpan(0, match.Groups["at"] is { Success: true } at ? at.Index : match.Index)
                    ) + 1);
            }
        }

        return (0, 0);
    }

    /// <summary>
    /// The 1-based column in characters (UTF-16, as editors count) of a 1-based column in bytes (as Go counts), and the
    /// column after the token there, 0 when there is none. The column stays as it is when the line is shorter than
    /// that: a
    /// <c>//line</c> directive may have named a file that is not what the compiler read.
    /// </summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="line">1-based.</param>
    /// <param name="byteColumn">1-based.</param>
    /// <param name="shape">What is there, if it may be more than a token of Go.</param>
    public (int Column, int EndColumn) Span(string file, int line, int byteColumn, Regex? shape = null)
    {
        if (LineBytes(file, line) is not { } bytes || byteColumn < 1 || byteColumn > bytes.Length + 1)
        {
            return (byteColumn, 0);
        }

        var before = Encoding.UTF8.GetString(bytes[..(byteColumn - 1)]);
        // a byte order mark at the start of a file counts for Go, no editor shows it
        var hasMark = before.StartsWith('\uFEFF');
        var column = before.Length + (hasMark ? 0 : 1);
        var rest = bytes[(byteColumn - 1)..];
        var text = Encoding.UTF8.GetString(
            rest.Length <= GoOutputReader.ShownChars ? rest : rest[..GoOutputReader.ShownChars]);
        var token = (shape is not null && shape.IsMatch(text) ? shape : Token()).Match(text).Length;
        return (column, token == 0 ? 0 : column + token);
    }

    /// <summary>What ends at a space, e.g. a pattern of //go:embed.</summary>
    public static Regex Word { get; } = new(@"^\S+", RegexOptions.CultureInvariant);

    /// <summary>An import with the name it is given.</summary>
    public static Regex Import { get; } = new("""^(?:[\w.]+\s+)?["`][^"`]*["`]""", RegexOptions.CultureInvariant);

    private byte[]? LineBytes(string file, int line)
    {
        Load(file);
        if (line < 1 || line > _last.Starts.Count)
        {
            return null;
        }

        var start = _last.Starts[line - 1];
        var end = line < _last.Starts.Count ? _last.Starts[line] - 1 : _last.Bytes.Length;
        return _last.Bytes.AsSpan(start, end - start).TrimEnd((byte)'\r').ToArray();
    }

    private void Load(string file)
    {
        if (_last.Name == file)
        {
            return;
        }

        _last = (file, [], []);
        try
        {
            var bytes = RegularFile.ReadAllBytes(file, MaxBytes); // a //line directive may name anything
            List<int> starts = [0];
            for (
                var next = 0;
                next < bytes.Length && Array.IndexOf(bytes, (byte)'\n', next) is >= 0 and var end;
                next = end + 1)
            {
                starts.Add(end + 1);
            }

            _last = (file, bytes, starts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            // gone or not ours to read: the problem keeps the place go gave it
        }
    }

    [GeneratedRegex(
        // names and numbers
        @"^(?:go:\w+|C\.\w+|[\p{L}_][\p{L}\p{Nd}_]*|[0-9](?:[eEpP][+-]|[0-9a-zA-Z_.])*"
            // strings, runes and comments
            + """|"(?:[^"\\]|\\.)*"?|`[^`]*`?|'(?:[^'\\]|\\.)*'?|//.*|/\*.*"""
            // operators, and any other character
            + @"|<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|[-+*/%&|^]=|<<|>>|&\^|[^\x00-\x20])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Token();
}
