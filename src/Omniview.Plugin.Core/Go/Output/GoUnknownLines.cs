namespace Omniview.Plugin.Core.Go.Output;

/// <summary>The first of many lines, each at most so long, and how many more there were.</summary>
internal sealed class GoUnknownLines(int shown)
{
    private const int ShownChars = 2000;

    private readonly List<string> _lines = [];

    public int Count { get; private set; }

    public void Add(string line)
    {
        Count++;
        if (_lines.Count < shown)
        {
            _lines.Add(line.Length <= ShownChars ? line : line[..ShownChars] + "…");
        }
    }

    public void Add(GoUnknownLines others)
    {
        Count += others.Count;
        _lines.AddRange(others._lines.Take(shown - _lines.Count));
    }

    public override string ToString()
    {
        var text = string.Join('\n', _lines);
        return Count > shown ? $"{text}\n… and {Count - shown} more lines, see the output of go" : text;
    }
}
