using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>Text of children made safe for a terminal.</summary>
public static partial class TerminalText
{
    private const string Reset = "\e[0m";

    /// <summary>
    /// Keeps colours (SGR sequences), up to the end of the text, and drops every other control sequence and control
    /// character: a log line must not be able to move the cursor, set the title, write the clipboard or paint what follows.
    /// </summary>
    public static string Neutralise(string text)
    {
        var safe = Controls().Replace(text, "${colour}");
        return safe.Contains('\e') && !safe.EndsWith(Reset, StringComparison.Ordinal) ? safe + Reset : safe;
    }

    // SGR; CSI sequences; OSC, DCS, APC, PM and SOS strings up to their end; other escapes; single C0 and C1 characters but
    // tab and line feed. A CSI sequence that ends in m but has a private mark sets modes (xterm's modifyOtherKeys).
    [GeneratedRegex("(?<colour>\e\\[[0-9;:]*m)|\e\\[[0-?]*[ -/]*[@-~]|\e[\\]PX^_][^\a\e\u009c]*(?:\a|\e\\\\|\u009c)?|\e[ -/]*[0-~]?|[\0-\b\v-\u001f\u007f-\u009f]", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();
}
