using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The name of a type error, which the compiler adds to the first line of a message when it is asked to
/// (<c>-errorurl</c>). Behind it may come what language version the code needs.
/// </summary>
internal static partial class GoNameTag
{
    private const int LongestAfter = 300;

    /// <summary>A message without its tag, and the name.</summary>
    public static (string Text, string? Name) Split(string message) =>
        Tag().Match(message) is { Success: true } match
            ? (match.Groups["before"].Value + match.Groups["after"].Value, match.Groups["name"].Value)
            : (message, null);

    /// <summary>The tag at the end of a line, or near it; empty when there is none.</summary>
    public static string EndOf(string line)
    {
        var at = line.LastIndexOf(" [go.dev/e/", StringComparison.Ordinal);
        return at < 0 || line.Length - at > LongestAfter ? "" : line[at..];
    }

    // The last one: the text before it may quote such a thing.
    [GeneratedRegex(
        @"^(?<before>[^\n]*) \[go\.dev/e/(?<name>[A-Za-z]+)\](?<after>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Tag();
}
