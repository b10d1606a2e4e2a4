using System.Text;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Turns what the go command writes into lines for people. <c>-json</c> events (of go build since Go 1.24, of go test)
/// and plain text may come mixed: go itself and the tools it runs write text to standard error whatever they are asked.
/// </summary>
internal sealed partial class GoOutputReader
{
    /// <summary>How much of one line is looked at; no line that means something is longer.</summary>
    internal const int ShownChars = 16 * 1024;

    private const int MaxOpenLines = 256;

    // go test -json cuts long lines and those that a test prints in pieces; the pieces of two packages may be mixed.
    private readonly Dictionary<(string Package, string Test), StringBuilder> _open = [];

    /// <summary>The lines for people that end with this line of the go command: none, one, or several.</summary>
    public IEnumerable<GoLine> Read(string raw, bool isError = false)
    {
        if (raw.StartsWith('{') && Event(raw) is { } read)
        {
            return read.Action switch
            {
                "build-output" => Lines(read.Output, GoLineSource.BuildEvent, read.Package, null, null),
                "build-fail" => [new GoLine("", GoLineSource.BuildFail, read.Package)],
                _ => TestLines(read),
            };
        }

        return [new GoLine(Clean(raw), isError ? GoLineSource.Error : GoLineSource.Output)];
    }

    /// <summary>Without colours and control characters, and of bounded length.</summary>
    internal static string Clean(string text)
    {
        var shown = text.Length <= ShownChars ? text : text[..ShownChars] + "…" + GoNameTag.EndOf(text);
        return (shown.AsSpan().ContainsAny('\x1B', '\0') ? Unprintable().Replace(shown, "") : shown).TrimEnd();
    }

    private static IEnumerable<GoLine> Lines(
        string output, GoLineSource source, string package, string? test, string? type) =>
        output.Length == 0
            ? []
            : output.TrimEnd('\n').Split('\n').Select(text => new GoLine(Clean(text), source, package, test, type));

    private List<GoLine> TestLines(GoEvent read)
    {
        List<GoLine> lines = [];
        if (read.Action == "output")
        {
            var key = (read.Package, read.Test ?? "");
            var output = read.Output;
            if (_open.Remove(key, out var begun))
            {
                output = begun.Append(output).ToString();
            }

            if (output.EndsWith('\n') || output.Length > ShownChars || _open.Count >= MaxOpenLines)
            {
                lines.AddRange(Lines(output, GoLineSource.TestEvent, read.Package, read.Test, read.OutputType));
            }
            else if (output.Length > 0)
            {
                _open[key] = new StringBuilder(output);
            }
        }
        else if (read is { Action: "fail" or "pass" or "skip", Test: null })
        {
            foreach (var key in _open.Keys.Where(key => key.Package == read.Package).ToList())
            {
                lines.AddRange(Lines(_open[key].ToString(), GoLineSource.TestEvent, key.Package, key.Test, null));
                _open.Remove(key);
            }

            lines.Add(new GoLine("", GoLineSource.TestEnd, read.Package));
        }

        return lines;
    }

    private static GoEvent? Event(string raw)
    {
        if (GoEvent.Read(raw) is { } whole)
        {
            return whole;
        }

        // Of a very long line only the beginning is kept (LineSplitter), which ends within the text, perhaps within an
        // escape.
        if (raw.Length > ShownChars)
        {
            for (var cut = 0; cut <= 12; cut++)
            {
                if (GoEvent.Read(raw[..^cut] + "\\n\"}") is { } part)
                {
                    return part;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)?)|\x00", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
