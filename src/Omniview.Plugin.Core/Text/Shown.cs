using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Core.Text;

/// <summary>
/// Text of an author's file as a message shows it: quoted, of bounded length, and with nothing in it that ends a line,
/// moves a terminal's cursor or turns the writing direction around.
/// </summary>
internal static class Shown
{
    private const int Limit = 60;

    public static string Text(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > Limit)
            {
                shown.Append('…');
                break;
            }

            Append(shown, rune);
        }

        return shown.Append('\'').ToString();
    }

    /// <summary>The one character at an index, both halves of it where it has two.</summary>
    public static string Character(string text, int index)
    {
        var shown = new StringBuilder("'");
        Append(shown, Rune.TryGetRuneAt(text, index, out var rune) ? rune : Rune.ReplacementChar);
        return shown.Append('\'').ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        if (rune.Value == '\n')
        {
            shown.Append("\\n");
        }
        else if (IsHarmless(rune))
        {
            shown.Append(rune);
        }
        else
        {
            shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
