namespace Omniview.Plugin.Core.Go.Output;

/// <summary>What a command that <c>-x</c> shows puts into a file: <c>cat &gt;x &lt;&lt; 'EOF'</c> up to that.</summary>
internal sealed class GoHereDocument : GoBlock
{
    private const string Begin = "<< 'EOF'";
    private const int MaxLines = 100_000;

    private int _lines;
    private bool _isOver;

    public static bool Opens(string text) =>
        text.Contains(Begin, StringComparison.Ordinal) && GoNoise.OpensCommand(text);

    public override bool Take(string text)
    {
        if (_isOver || ++_lines > MaxLines)
        {
            return false;
        }

        _isOver = text == "EOF";
        return true;
    }

    public override IEnumerable<GoProblem> Close() => [];
}
