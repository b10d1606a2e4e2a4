using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>Passes lines on and keeps the last ones, without terminal colours, for an error message.</summary>
internal sealed partial class OutputTail(Action<OutputLine> next)
{
    private const int Kept = 500;

    private readonly Queue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Add(OutputLine line)
    {
        next(line);
        _lines.Enqueue(PlainText.Of(line.Text));
        if (_lines.Count > Kept)
        {
            _lines.Dequeue();
        }
    }

    /// <summary>
    /// Why a package manager failed, each line on a line of its own: from its first word of an error on, because npm
    /// and Yarn print pages of help or stack frames after it; else the last lines.
    /// </summary>
    public string Reason(int count)
    {
        var said = _lines.Where(line => !string.IsNullOrWhiteSpace(line) && !StackFrame().IsMatch(line)).ToList();
        var first = said.FindIndex(line => Announcement().IsMatch(line));
        return string.Join('\n', first < 0 ? said.TakeLast(count) : said.Skip(first).Take(count));
    }

    [GeneratedRegex(@"^ {4,}at ")]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"^\s*(?:npm error|npm ERR!|\[?ERR_|error:? )", RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();
}
