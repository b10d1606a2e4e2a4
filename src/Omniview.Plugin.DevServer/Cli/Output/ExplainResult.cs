namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>explain</c> answers.</summary>
/// <param name="Page">The page in Markdown; empty for a code whose page is not ours.</param>
/// <param name="HelpLink">Where the page is.</param>
internal sealed record ExplainResult(string Code, string Page, string HelpLink);
