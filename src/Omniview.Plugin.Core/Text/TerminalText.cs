using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Text;

/// <summary>Text of children made safe for a terminal.</summary>
internal static partial class TerminalText
{
    private const string Reset = "\e[0m";

    /// <summary>
    /// Keeps colours (SGR sequences), up to the end of the text, and drops every other control sequence and control
    /// character: a log line must not be able to move the cursor, set the title, write the clipboard or paint what
    /// follows, nor to show its letters in another order than they have.
    /// </summary>
    public static string Neutralise(string text)
    {
        var safe = Controls().Replace(text, "${colour}");
        return safe.Contains('\e') && !safe.EndsWith(Reset, StringComparison.Ordinal) ? safe + Reset : safe;
    }

    /// <summary>
    /// As <see cref="Neutralise"/>, without colours too: for what is no terminal, or paints the text itself.
    /// </summary>
    public static string Plain(string text) => Controls().Replace(text, "");

    // SGR; CSI sequences; OSC, DCS, APC, PM and SOS strings up to their end; other escapes; single C0 and C1 characters
    // but tab and line feed; what turns the writing direction around (UAX #9: embeddings, overrides, isolates). The C1
    // characters U+0090 to U+009F that begin a sequence are ESC and a letter in one (ECMA-48, 5.3). A CSI sequence that
    // ends in m but has a private mark sets modes (xterm's modifyOtherKeys).
    [GeneratedRegex(
        "(?<colour>\e\\[[0-9;:]*m)|(?:\e\\[|\u009b)[0-?]*[ " +
        "-/]*[@-~]|(?:\e[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\a\e\u009c]*(?:\a|\e\\\\|\u009c)?|\e[ " +
        "-/]*[0-~]?|[\0-\b\v-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Controls();
}
