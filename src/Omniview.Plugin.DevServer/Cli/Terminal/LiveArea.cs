using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>
/// A few lines that stay at the bottom while others scroll by above them. Nothing but the lines it has drawn is ever
/// erased, and each change is one write, so that nothing flickers. The cursor stays where it is seen.
/// </summary>
/// <param name="write">To the terminal.</param>
/// <param name="size">Its columns and rows now.</param>
internal sealed class LiveArea(Action<string> write, Func<(int Columns, int Rows)> size) : IDisposable
{
    private readonly Lock _lock = new();
    private IReadOnlyList<string> _lines = [];
    private IReadOnlyList<int> _drawn = []; // columns of each line
    private bool _closed;

    /// <summary>A line that stays, above the others.</summary>
    public void Write(string line)
    {
        lock (_lock)
        {
            write(Erased() + line + Environment.NewLine + Drawn());
        }
    }

    /// <summary>
    /// Other lines at the bottom; what does not fit is cut off. They hold colours and no other control character.
    /// </summary>
    public void Show(IReadOnlyList<string> lines)
    {
        lock (_lock)
        {
            if (!_closed && !lines.SequenceEqual(_lines))
            {
                _lines = lines;
                write(Erased() + Drawn());
            }
        }
    }

    /// <summary>The size has changed, or another program has written.</summary>
    public void Redraw()
    {
        lock (_lock)
        {
            write(Erased() + Drawn());
        }
    }

    /// <summary>Takes the lines away; what is written from here on is followed by none.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _lines = [];
            _closed = true;
            write(Erased());
        }
    }

    private string Erased()
    {
        if (_drawn.Count == 0)
        {
            return "";
        }

        // Terminals that became narrower break lines anew (xterm alone does not), so that one is several.
        var columns = size().Columns;
        var rows = _drawn.Sum(length => Math.Max(1, (length + columns - 1) / columns));
        _drawn = [];
        return string.Concat(Enumerable.Repeat(Ansi.Up, rows - 1)) + Ansi.EraseBelow;
    }

    // Cut for what is counted wrongly too (wide characters): the terminal is told not to break lines.
    private string Drawn()
    {
        var (columns, rows) = size();
        var lines = _lines.TakeLast(Math.Max(1, rows / 2)).Select(line => Cut(line, Math.Max(1, columns - 1))).ToList();
        _drawn = [.. lines.Select(line => PlainText.Of(line).Length)];
        return lines.Count == 0 ? "" : Ansi.WrapOff + string.Join(Environment.NewLine, lines) + Ansi.WrapOn;
    }

    private static string Cut(string line, int most)
    {
        var seen = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\e')
            {
                at = line.IndexOf('m', at); // the end of a colour
            }
            else if (++seen > most)
            {
                return line[..at] + Ansi.Reset;
            }
        }

        return line;
    }
}
