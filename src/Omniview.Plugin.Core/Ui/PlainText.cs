using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Ui;

/// <summary>What a tool of the UI printed, without terminal colours. Rolldown draws its messages in colour even when asked not to.</summary>
public static partial class PlainText
{
    public static string Of(string text) => Sequences().Replace(text, "");

    /// <summary>Control sequences of ECMA-48.</summary>
    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")]
    private static partial Regex Sequences();
}
