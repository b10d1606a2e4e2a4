using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// What C compilers mean by a column: gcc since version 11 counts those of a terminal, where a tab goes to the next
/// multiple of eight and a wide character takes two (-fdiagnostics-column-unit=display); clang and older ones count
/// bytes.
/// </summary>
internal static class GoCColumn
{
    private const int TabStop = 8;

    /// <summary>The 1-based column in bytes, at most the one after the line's last.</summary>
    /// <param name="line">The line it is in.</param>
    /// <param name="column">1-based, as the compiler told it.</param>
    /// <param name="isInDisplay">Whether it counts what a terminal shows.</param>
    /// <param name="isGo">
    /// Whether the line is of a Go file, in the comment above <c>import "C"</c>. cgo hands it on without the comment's
    /// sign, so the compiler's bytes are too few by two; gcc then looks up in the Go file what is before that many
    /// bytes.
    /// </param>
    public static int ToBytes(string line, int column, bool isInDisplay, bool isGo)
    {
        var (bytes, shown) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if ((isInDisplay ? shown : bytes) >= column - 1)
            {
                break;
            }

            bytes += rune.Utf8SequenceLength;
            shown = rune.Value == '\t' ? ((shown / TabStop) + 1) * TabStop : shown + Width(rune);
        }

        return Math.Min(bytes + (isGo ? Sign(line) : 0), Encoding.UTF8.GetByteCount(line)) + 1;
    }

    private static int Sign(string line)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith("//", StringComparison.Ordinal) || text.StartsWith("/*", StringComparison.Ordinal)
            ? line.Length - text.Length + 2
            : 0;
    }

    private static int Width(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format ? 0
        : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
            or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
                or (>= 0x20000 and <= 0x3FFFD) ? 2
        : 1;
}
