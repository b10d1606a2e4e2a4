using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>
/// The settings a program was built with, which Go writes into it: what <c>go version -m</c> prints as <c>build</c>.
/// Read here because whoever packs a built program need not have Go. The format is that of
/// <c>debug/buildinfo</c> since Go 1.18.
/// </summary>
internal static partial class GoBuildInfo
{
    private const int LargestProgram = 1024 * 1024 * 1024; // as in an archive
    private const int HeaderSize = 32;
    private const int AreStringsInline = 2; // a bit of the flags, in byte 15
    private const int SentinelSize = 16; // around the text of the modules

    private static readonly byte[] Magic = [0xFF, .. " Go buildinf:"u8];

    /// <summary>
    /// The settings by their names, <c>-trimpath</c> or <c>CGO_ENABLED</c> for instance; null when the file has none
    /// that can be read.
    /// </summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string file)
    {
        using var stream = RegularFile.Open(file);
        if (stream.Length > LargestProgram)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        for (var at = 0; bytes.AsSpan(at).IndexOf(Magic) is >= 0 and var found; at += found + Magic.Length)
        {
            if (ModulesAt(bytes.AsSpan(at + found)) is { } modules)
            {
                return Settings(modules);
            }
        }

        return null;
    }

    private static string? ModulesAt(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < HeaderSize || (blob[15] & AreStringsInline) == 0)
        {
            return null; // the text of the magic in a program that reads others
        }

        var rest = blob[HeaderSize..];
        return Text(ref rest) is [(byte)'g', (byte)'o', ..] && Text(ref rest) is { Length: > 2 * SentinelSize } modules
            ? Encoding.UTF8.GetString(modules.AsSpan()[SentinelSize..^SentinelSize])
            : null;
    }

    /// <summary>A length as binary.Uvarint, and so many bytes.</summary>
    private static byte[]? Text(ref ReadOnlySpan<byte> rest)
    {
        ulong length = 0;
        for (var i = 0; i < Math.Min(rest.Length, 9); i++)
        {
            length |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                if (length > (ulong)rest.Length)
                {
                    return null;
                }

                var text = rest[..(int)length].ToArray();
                rest = rest[(int)length..];
                return text;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Settings(string modules)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (Match match in Setting().Matches(modules))
        {
            settings[Unquoted(match.Groups[1].Value)] = Unquoted(match.Groups[2].Value);
        }

        return settings;
    }

    /// <summary>Go quotes what has blanks or quotes in it (strconv.Quote).</summary>
    private static string Unquoted(string text) =>
        text is ['"', .., '"'] ? Escape().Replace(text[1..^1], match => match.Groups[1].Value) : text;

    [GeneratedRegex("""^build\t("(?:\\.|[^"\\\n])*"|[^=\n]*)=(.*)$""", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("""\\(["\\])""")]
    private static partial Regex Escape();
}
