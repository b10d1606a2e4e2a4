using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>Text of children made safe for a terminal.</summary>
public static partial class TerminalText
{
    /// <summary>
    /// Keeps colours (SGR sequences) and drops every other control sequence and control character: a log line must not
    /// be able to move the cursor, set the title or write the clipboard.
    /// </summary>
    public static string Neutralise(string text) => Controls().Replace(text, match => match.Value.StartsWith("\e[", StringComparison.Ordinal) && match.Value[^1] == 'm' ? match.Value : "");

    // CSI sequences; OSC, DCS, APC, PM and SOS strings up to their end; other escapes; single C0 and C1 characters but tab and line feed.
    [GeneratedRegex("\e\\[[0-?]*[ -/]*[@-~]|\e[\\]PX^_][^\a\e\u009c]*(?:\a|\e\\\\|\u009c)?|\e[@-_]?|[\0-\b\v-\u001f\u007f-\u009f]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Controls();
}
