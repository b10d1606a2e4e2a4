namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// A message of the compiler that quotes a raw string of several lines. While that is open, whatever the lines look
/// like, they belong to the message.
/// </summary>
/// <param name="place">The first line.</param>
/// <param name="first">The same as it came.</param>
internal sealed class GoRawMessage(GoPosition place, GoLine first)
{
    private const int MaxLines = 500;
    private const int MaxChars = 64 * 1024;

    private readonly List<GoLine> _lines = [first];
    private int _chars = first.Text.Length;

    /// <summary>The first line as one without the others: when they turn out to be none of it.</summary>
    public GoPosition First { get; } = place;

    /// <summary>All lines as one message.</summary>
    public GoPosition Whole => First with
    {
        Text = string.Join('\n', _lines.Skip(1).Select(line => line.Text).Prepend(First.Text)),
    };

    public IEnumerable<GoLine> Others => _lines.Skip(1);

    public bool IsWhole { get; private set; }

    /// <summary>
    /// Whether a raw string is open at a line's end. Compilers of C and linkers write a backquote and an apostrophe
    /// around a name.
    /// </summary>
    public static bool Opens(GoPosition place) =>
        place.Text.Contains('`', StringComparison.Ordinal)
            && Path.GetExtension(place.File) == ".go"
            && GoRawString.IsOpenAfter(place.Text)
            && !place.IsOfC
            && GoMessage.KindOf(place.Text) is var kind
            && kind != GoProblemKind.UndefinedSymbol
            && kind != GoProblemKind.DuplicateSymbol;

    /// <summary>Takes the next line; false when it can not be one of them, since there are too many.</summary>
    public bool Take(GoLine line)
    {
        if (_lines.Count >= MaxLines || _chars + line.Text.Length > MaxChars)
        {
            return false;
        }

        _lines.Add(line);
        _chars += line.Text.Length;
        IsWhole = !GoRawString.IsOpenAfter(line.Text, isOpen: true);
        return true;
    }
}
