using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.DevServer.Cli.Explaining;

/// <summary>The pages of docs/diagnostics, which are in this assembly.</summary>
internal static partial class DiagnosticPages
{
    private const string Prefix = "diagnostics/";

    /// <summary>
    /// All codes that have a page. TypeScript's have one together, TS, and so have the type errors of Go, GO7.
    /// </summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. typeof(DiagnosticPages)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The code as it is spelled, and its page as it is in the repository; null for a code that has none.
    /// </summary>
    public static (string Code, string Markdown)? Find(string typed)
    {
        var page = TypeScript().IsMatch(typed)
            ? "TS"
            : Codes.FirstOrDefault(code => code.Equals(typed, StringComparison.OrdinalIgnoreCase));
        if (page is null)
        {
            return null;
        }

        using var reader = new StreamReader(typeof(DiagnosticPages).Assembly.GetManifestResourceStream(Prefix + page)!);
        return (page == "TS" ? typed.ToUpperInvariant() : page, reader.ReadToEnd());
    }

    /// <summary>
    /// The code and the name of an error of Go's type checker, told as GO7075 or, as it once was, GOUndeclaredName;
    /// null for none. Go has the pages of these.
    /// </summary>
    public static (string Code, string Name)? GoTypeError(string typed)
    {
        var name = GoTypeErrors.NameOf(typed)
            ?? (Go().Match(typed) is { Success: true } match ? match.Groups[1].Value : "");
        return GoTypeErrors.CodeOf(name) is { } code ? (code, name) : null;
    }

    /// <summary>For a terminal: links between the pages are only their text, since there is nothing to click.</summary>
    public static string Text(string markdown) => RelativeLink().Replace(markdown, "$1").TrimEnd();

    /// <summary>What may have been meant: the codes with the fewest characters to change.</summary>
    public static IReadOnlyList<string> Nearest(string typed)
    {
        var wanted = typed.ToUpperInvariant()[..Math.Min(typed.Length, 12)];
        return [.. Codes.Order(Comparer<string>.Create(
            (one, other) => Distance(wanted, one).CompareTo(Distance(wanted, other)))).Take(3)];
    }

    /// <summary>Levenshtein's: characters to add, drop or replace.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (
                    row[j],
                    Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"^TS[0-9]{0,5}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TypeScript();

    [GeneratedRegex(@"^GO([A-Z][A-Za-z]{2,40})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Go();

    [GeneratedRegex(@"\[([^\[\]]+)\]\((?!https?:)[^()\s]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex RelativeLink();
}
