using System.Globalization;
using System.Text.Json;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// JSON that others write. In JSON a string may hold one half of a surrogate pair (RFC 8259, 8.2), and Node takes it;
/// here the first look at such a string, or at a name beside it, would be an <see cref="InvalidOperationException"/>.
/// It becomes U+FFFD.
/// </summary>
internal static class LenientJson
{
    /// <exception cref="JsonException">It is no JSON. Line and position are those of the text.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options = default) =>
        JsonDocument.Parse(Mended(json), options);

    /// <summary>The same text with each half of a pair replaced; no position in it moves.</summary>
    public static byte[] Mended(ReadOnlySpan<byte> json)
    {
        var mended = json.ToArray();
        for (var at = 0; at < mended.Length; at++)
        {
            if (mended[at] != '\\')
            {
                continue;
            }

            if (!IsBetween(mended, at, '\uD800', '\uDFFF'))
            {
                at++; // what is escaped may be a backslash
            }
            else if (IsBetween(mended, at, '\uD800', '\uDBFF') && IsBetween(mended, at + 6, '\uDC00', '\uDFFF'))
            {
                at += 11; // a whole pair
            }
            else
            {
                "fffd"u8.CopyTo(mended.AsSpan(at + 2));
            }
        }

        return mended;
    }

    /// <summary>Whether there is an escape \\uXXXX of a character in the range.</summary>
    private static bool IsBetween(ReadOnlySpan<byte> json, int at, char first, char last) =>
        json.Length >= at + 6
        && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(
            json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character)
        && character >= first && character <= last;
}
