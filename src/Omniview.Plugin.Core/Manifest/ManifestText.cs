using System.Buffers;
using System.Text.Unicode;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// The text of a plugin.yaml, and the place of each of its characters. Columns count UTF-16 units, as editors and the
/// language server protocol do; a byte order mark takes no column.
/// </summary>
internal sealed class ManifestText
{
    public const int LimitInBytes = 1024 * 1024;

    // What YAML 1.2 leaves out of its c-printable, less the surrogates, which decoding has ruled out.
    private static readonly SearchValues<char> _unprintable = SearchValues.Create([
        .. Enumerable
            .Range(0, 0xA0)
            .Select(c => (char)c)
            .Where(c => c is not ('\t' or '\n' or '\r' or '\x85' or (>= ' ' and <= '~'))),
        '\uFFFE',
        '\uFFFF',
    ]);

    private readonly List<int> _lineStarts = [0];

    private ManifestText(string file, string text)
    {
        File = file;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string File { get; }

    public string Text { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DiagnosticException">It is not there, not readable, too large, or not text in
    /// UTF-8.</exception>
    public static ManifestText Load(string file)
    {
        var bytes = ReadBytes(file);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new ManifestText(file, "").Failure(
                DiagnosticCodes.ManifestNotUtf8, 0, "plugin.yaml is in UTF-16; save it as UTF-8.");
        }

        var text = Decode(file, bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
        var control = text.Text.AsSpan().IndexOfAny(_unprintable);
        if (control is 0 or 1 && text.Text[control] == '\0')
        {
            throw text.Failure(
                DiagnosticCodes.ManifestNotUtf8, control, "plugin.yaml looks like UTF-16 without a byte order mark; " +
                    "save it as UTF-8.");
        }

        return control < 0
            ? text
            : throw text.Failure(
                DiagnosticCodes.ManifestBadYaml,
                control,
                $"The control character {Shown.Character(text.Text, control)} can't be in a YAML file; remove it.");
    }

    public int LineAt(int index) => PlaceOf(index).Line;

    /// <summary>1-based line and column of a character.</summary>
    public (int Line, int Column) PlaceOf(int index)
    {
        index = Math.Min(index, Text.Length); // the parser sets the end of the stream behind the end of the text
        var found = _lineStarts.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, index - _lineStarts[line] + 1);
    }

    public Diagnostic Error(string code, int index, string message) =>
        Diagnostic.Error(code, message).At(File, PlaceOf(index).Line, PlaceOf(index).Column);

    public Diagnostic Warning(string code, int index, string message) =>
        Diagnostic.Warning(code, message).At(File, PlaceOf(index).Line, PlaceOf(index).Column);

    /// <summary>For a problem after which reading on makes no sense.</summary>
    public DiagnosticException Failure(string code, int index, string message, Exception? cause = null) =>
        new(Error(code, index, message), cause);

    /// <summary>
    /// Where the first tab is among the blanks before the first sign of a character's line; -1 for none.
    /// </summary>
    public int TabBefore(int index)
    {
        var indentation = Text.AsSpan(_lineStarts[LineAt(index) - 1]);
        var end = indentation.IndexOfAnyExcept(' ', '\t');
        var tab = (end < 0 ? indentation : indentation[..end]).IndexOf('\t');
        return tab < 0 ? -1 : tab + Text.Length - indentation.Length;
    }

    /// <summary>The first tab among the blanks that start a line, from a character's line on; -1 for none.</summary>
    public int FirstTabIndentation(int index) =>
        _lineStarts.Skip(LineAt(index) - 1).Select(TabBefore).FirstOrDefault(tab => tab >= 0, -1);

    private static ReadOnlySpan<byte> ReadBytes(string file)
    {
        try
        {
            return RegularFile.ReadAllBytes(file, LimitInBytes);
        }
        catch (FileTooLargeException e)
        {
            throw new ManifestText(file, "").Failure(
                DiagnosticCodes.ManifestTooLarge, 0, "plugin.yaml is larger than 1 MiB. It describes the plugin; " +
                    "move everything else to other files.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.ManifestNotFound, WhyUnread(file, e)).At(file), e);
        }
    }

    private static ManifestText Decode(string file, ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
        var text = new ManifestText(file, new string(characters, 0, written));
        return status == OperationStatus.Done
            ? text
            : throw text.Failure(
                DiagnosticCodes.ManifestNotUtf8,
                written,
                $"plugin.yaml is not UTF-8: the byte 0x{bytes[read]:X2} here is not part of a character. Save the " +
                "file as UTF-8.");
    }

    private static string WhyUnread(string file, Exception e)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return $"plugin.yaml can't be read: {e.Message.TrimEnd('.')}. It must be a file that you may read.";
        }

        var options = new EnumerationOptions { IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive };
        var similar = Directory.Exists(folder)
            ? new[] { "plugin.yaml", "plugin.yml" }.SelectMany(name => Directory.EnumerateFiles(folder, name, options))
                .Select(Path.GetFileName).FirstOrDefault()
            : null;
        return similar is null
            ? $"There is no plugin.yaml in '{folder}'. Create it with an id, a version and a list of capabilities."
            : $"There is no plugin.yaml in '{folder}', but a {similar}. Rename it to plugin.yaml.";
    }
}
