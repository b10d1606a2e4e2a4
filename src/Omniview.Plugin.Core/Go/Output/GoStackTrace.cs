using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// A panic, a fatal error of the runtime or a data race: what it says, and of its frames the first that is the plugin's
/// own.
/// </summary>
internal sealed partial class GoStackTrace : GoBlock
{
    private const int MaxLines = 10_000;

    private readonly GoProblem _problem;
    private readonly GoPaths _paths;
    private readonly bool _isRace;
    private readonly string _first;
    private bool _hasFrames;
    private bool _hasGoroutine;
    private bool _hasPlace;
    private bool _isFirstGoroutine = true;
    private string _function = "";
    private int _lines;

    public GoStackTrace(string first, GoPaths paths)
    {
        _paths = paths;
        _isRace = first == Race;
        var kind = _isRace
            ? GoProblemKind.DataRace
            : first.StartsWith("panic: test timed out after ", StringComparison.Ordinal)
            ? GoProblemKind.TestTimeout
            : GoProblemKind.Panic;
        _first = Recovered().Replace(first, "");
        _problem = new GoProblem(kind, _isRace ? "data race" : _first);
    }

    /// <summary>Whether it is the test's own, and not of a race or of them all.</summary>
    public bool IsOfTest => _problem.Kind == GoProblemKind.Panic;

    private const string Race = "WARNING: DATA RACE";

    public static bool Opens(string text) => text == Race || Head().IsMatch(text);

    /// <summary>Says whose it is.</summary>
    public void Name(string test) => _problem.Prefix($"{test}: ");

    public override bool Take(string text)
    {
        if (++_lines > MaxLines || End().IsMatch(text))
        {
            return false;
        }

        if (Goroutine().IsMatch(text))
        {
            _isFirstGoroutine = !_hasGoroutine;
            _hasFrames = _hasGoroutine = true;
        }
        else if (text == "runtime stack:")
        {
            _hasFrames = true;
        }
        else if (Frame().Match(text) is { Success: true } frame)
        {
            AddFrame(frame);
        }
        else if (!_hasFrames && text.Length > 0 && text != "==================")
        {
            var line = Recovered().Replace(text, "");
            // what was recovered and panicked again is said twice
            if (line != "\t" + _first && !line.StartsWith("runtime: sp=", StringComparison.Ordinal))
            {
                _problem.Append(line);
            }

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
        // With -trimpath a frame has the import path and the file; on Windows the runtime prints forward slashes.
        var printed = frame.Groups["file"].Value;
        var file = Path.IsPathRooted(printed) ? Path.GetFullPath(printed) : _paths.Modules.Folder(printed);
        if (file is null || !_paths.Modules.IsOurs(file))
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

    [GeneratedRegex(
        @"^(?:panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address |runtime/cgo: (?!\S*[\\/]))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Head();

    [GeneratedRegex(@" \[recovered(?:, repanicked)?\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Recovered();

    [GeneratedRegex(@"^goroutine [0-9]+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Goroutine();

    [GeneratedRegex(
        @"^\s+(?<file>\S.*\.(?:go|s|c|cc|cpp|m)):(?<line>[0-9]+)(?: \+0x[0-9a-f]+)?(?: .*)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"^(?:FAIL\b|ok  |\?   |# |exit status |=== |\s*--- (?:FAIL|PASS|SKIP)|Process finished)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex End();
}
