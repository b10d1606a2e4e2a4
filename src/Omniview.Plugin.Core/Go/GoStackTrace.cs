using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go;

/// <summary>A panic, a fatal error of the runtime or a data race: what it says, and of its frames the first that is the plugin's own.</summary>
internal sealed partial class GoStackTrace : GoBlock
{
    private const int MaxLines = 10_000;

    private readonly GoProblem _problem;
    private readonly GoPaths _paths;
    private readonly bool _isRace;
    private bool _hasFrames;
    private bool _hasPlace;
    private bool _isFirstGoroutine = true;
    private string _function = "";
    private int _lines;

    public GoStackTrace(string first, string? test, GoPaths paths)
    {
        _paths = paths;
        _isRace = first == Race;
        var kind = _isRace ? GoProblemKind.DataRace : first.StartsWith("panic: test timed out after ", StringComparison.Ordinal) ? GoProblemKind.TestTimeout : GoProblemKind.Panic;
        var message = _isRace ? "data race" : first;
        _problem = new GoProblem(kind, test is null || _isRace || kind == GoProblemKind.TestTimeout ? message : $"{test}: {message}");
    }

    private const string Race = "WARNING: DATA RACE";

    public static bool Opens(string text) => text == Race || Head().IsMatch(text);

    public override bool Take(string text)
    {
        if (++_lines > MaxLines || End().IsMatch(text))
        {
            return false;
        }

        if (Goroutine().IsMatch(text))
        {
            _isFirstGoroutine = !_hasFrames;
            _hasFrames = true;
        }
        else if (Frame().Match(text) is { Success: true } frame)
        {
            AddFrame(frame);
        }
        else if (!_hasFrames && text.Length > 0 && text != "==================")
        {
            _problem.Append(text);
            _hasFrames = _isRace; // what was read or written, and by whom; the rest is frames
        }
        else if (text.Length > 0)
        {
            _function = text.Trim();
        }

        return text != "==================" || !_isRace;
    }

    public override IEnumerable<GoProblem> Close() => [_problem];

    private void AddFrame(Match frame)
    {
        var file = frame.Groups["file"].Value;
        if (!_paths.Modules.IsOurs(file))
        {
            return;
        }

        var line = GoPosition.Number(frame.Groups["line"]);
        if (!_hasPlace)
        {
            _hasPlace = true;
            _problem.At(file, line);
        }
        else if (_isFirstGoroutine || _isRace)
        {
            _problem.Relate(new RelatedLocation(file, line, 0, _function));
        }
    }

    [GeneratedRegex(@"^(?:panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address |runtime/cgo: )", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"^goroutine [0-9]+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Goroutine();

    [GeneratedRegex(@"^\s+(?<file>\S.*\.(?:go|s|c|cc|cpp|m)):(?<line>[0-9]+)(?: \+0x[0-9a-f]+)?(?: .*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^(?:FAIL\b|ok  |\?   |# |exit status |=== |\s*--- (?:FAIL|PASS|SKIP)|Process finished)", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
