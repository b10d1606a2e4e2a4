namespace Omniview.Plugin.Core.Text;

/// <summary>
/// What a tool of the UI printed, without terminal colours. Rolldown draws its messages in colour even when asked not
/// to.
/// </summary>
internal static class PlainText
{
    public static string Of(string text) => TerminalText.Plain(text);
}
