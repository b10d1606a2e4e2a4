using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Testing;

/// <summary>
/// A filter of <c>dotnet test --filter</c> in the words of <c>go test</c>. Go tests have a name and nothing else, so a
/// condition on any other property is false for all of them, as it is in .NET for tests without that property.
/// </summary>
/// <param name="Run">For <c>-run</c>; null for all.</param>
/// <param name="Skip">For <c>-skip</c>; null for none.</param>
/// <param name="IsEmpty">Whether no Go test can match.</param>
internal sealed partial record TestFilter(string? Run, string? Skip, bool IsEmpty)
{
    private static readonly string[] Names = ["FullyQualifiedName", "Name", "DisplayName"];

    /// <exception cref="DiagnosticException">OVP1021: go test can't do what it says.</exception>
    public static TestFilter Parse(string filter)
    {
        List<Group> groups = [];
        foreach (
            var group in Split(filter, '|')
                .Select(part => new Group([.. Split(part, '&').Select(term => Term(filter, term))])))
        {
            if (group.Wanted.Count > 1)
            {
                throw Unusable(filter, "asks for tests that match two names at once");
            }

            if (group.CanMatch)
            {
                groups.Add(group);
            }
        }

        return groups switch
        {
            [] => new TestFilter(null, null, true),
            [var only] => new TestFilter(
                only.Wanted.SingleOrDefault(),
                only.Unwanted.Count > 0 ? string.Join('|', only.Unwanted) : null,
                false),
            _ when groups.Exists(group => group is { Wanted.Count: 0, Unwanted.Count: 0 }) => new TestFilter(
                null,
                null,
                false),
            _ when groups.TrueForAll(group => group is { Wanted.Count: 1, Unwanted.Count: 0 }) => new TestFilter(
                string.Join('|', groups.Select(group => group.Wanted[0])),
                null,
                false),
            _ => throw Unusable(filter, "mixes | with !"),
        };
    }

    private static Condition Term(string filter, string term)
    {
        if (term.Trim().Length == 0 || Unescaped(term).IndexOfAny(['(', ')']) >= 0)
        {
            throw Unusable(filter, term.Trim().Length == 0 ? "has an empty condition" : "has parentheses");
        }

        var match = Comparison().Match(term);
        var (property, comparison, value) = match.Success
            ? (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
            : ("FullyQualifiedName", "~", term);
        var isNegative = comparison[0] == '!';
        return Names.Contains(property, StringComparer.OrdinalIgnoreCase)
            ? new Condition(Expression(Escapes().Replace(value.Trim(), "$1"), comparison[^1] == '='), isNegative)
            : new Condition(null, isNegative);
    }

    /// <summary>Go matches each part of a name between slashes with an expression of its own.</summary>
    private static string Expression(string value, bool isWhole)
    {
        if (QualifiedName().Match(value) is { Success: true } qualified)
        {
            value = qualified.Groups[1].Value;
        }

        return string.Join(
            '/',
            value
                .Replace(' ', '_')
                .Split('/')
                .Select(part =>
                    part.Length == 0 ? ""
                    : isWhole ? $"^{Quote(part)}$"
                    : Quote(part)));
    }

    /// <summary>Not Regex.Escape, which puts a backslash before a space too: Go refuses that.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder();
        foreach (var one in text)
        {
            quoted.Append(@"\.+*?()|[]{}^$".Contains(one, StringComparison.Ordinal) ? $"\\{one}" : one.ToString());
        }

        return quoted.ToString();
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescaped(string text) => Escapes().Replace(text, "");

    private static DiagnosticException Unusable(string filter, string what) => new(Diagnostic.Error(
        DiagnosticCodes.TestFilterUnusable,
        $"The filter '{filter}' {what}, which go test can't do. Write it as names joined by | or as one name and " +
        "what to leave out (TestA&FullyQualifiedName!~Slow), or use GoTestFilter, a regular expression of Go."));

    [GeneratedRegex(@"^\s*(\w+)\s*(!=|!~|=|~)(.*)$", RegexOptions.Singleline)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"^\S+?\.((?:Test|Example|Fuzz|Benchmark).*)$", RegexOptions.Singleline)]
    private static partial Regex QualifiedName();

    /// <summary>A condition on the name; on anything else when there is no expression.</summary>
    private sealed record Condition(string? Expression, bool IsNegative);

    private sealed record Group(IReadOnlyList<Condition> Conditions)
    {
        public bool CanMatch => !Conditions.Any(one => one is { Expression: null, IsNegative: false });

        public IReadOnlyList<string> Wanted =>
            [.. Conditions.Where(
                one => one is { Expression: not null, IsNegative: false }).Select(one => one.Expression!)];

        public IReadOnlyList<string> Unwanted =>
            [.. Conditions.Where(
                one => one is { Expression: not null, IsNegative: true }).Select(one => one.Expression!)];
    }
}
