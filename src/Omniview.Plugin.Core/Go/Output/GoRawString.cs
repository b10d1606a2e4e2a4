namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Whether a raw string of Go, which may go on over lines, is open at the end of a text.</summary>
internal static class GoRawString
{
    /// <param name="text">One line of a message that quotes Go code.</param>
    /// <param name="isOpen">Whether one was open at its beginning.</param>
    public static bool IsOpenAfter(string text, bool isOpen = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (isOpen || text[i] == '`')
            {
                isOpen = !isOpen || text[i] != '`';
            }
            else if (text[i] == '"')
            {
                i = EndOfString(text, i);
            }
            else if (text[i] == '\'')
            {
                i = EndOfRune(text, i);
            }
        }

        return isOpen;
    }

    /// <summary>Go cuts long constants within their quotes (go/constant, String), so the line may end first.</summary>
    private static int EndOfString(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return text.Length;
    }

    /// <summary>Where the rune literal ends; where it began when it is an apostrophe of plain text.</summary>
    private static int EndOfRune(string text, int start)
    {
        const int LongestEscape = 10; // \UFFFFFFFF
        var next = start + 1;
        if (next < text.Length && text[next] == '\\')
        {
            var end = next + 2 > text.Length
                ? -1
                : text.IndexOf('\'', next + 2, Math.Min(LongestEscape, text.Length - next - 2));
            return end < 0 ? start : end;
        }

        var after = next + (next < text.Length && char.IsHighSurrogate(text[next]) ? 2 : 1);
        return after < text.Length && text[after] == '\'' ? after : start;
    }
}
