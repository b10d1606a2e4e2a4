using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// A range of versions as in <c>engines</c>: <c>^20.19.0 || >=22.12.0</c> (github.com/npm/node-semver#ranges).
/// </summary>
internal sealed partial class NpmRange
{
    // For each part between ||: from here on, up to but without there.
    private readonly List<(NpmVersion From, NpmVersion Below)> _parts = [];

    private static NpmVersion Last => new(int.MaxValue, 0, 0);

    /// <summary>False for what is no range, of which nothing can be said.</summary>
    public static bool TryParse(string text, out NpmRange range)
    {
        range = new NpmRange();
        foreach (var part in text.Split("||"))
        {
            var (from, below) = (new NpmVersion(0, 0, 0), Last);
            var hyphen = Hyphen().Match(part);
            var terms = Blank().Replace(
                hyphen.Success ? $">={hyphen.Groups[1].Value} <={hyphen.Groups[2].Value}" : part, "$1").Split(
                    (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var term in terms)
            {
                if (Term().Match(term) is not { Success: true } match)
                {
                    return false;
                }

                var (low, high) = Bounds(
                    match.Groups["op"].Value,
                    Number(match.Groups["major"]),
                    Number(match.Groups["minor"]),
                    Number(match.Groups["patch"]));
                (from, below) = (low.CompareTo(from) > 0 ? low : from, high.CompareTo(below) < 0 ? high : below);
            }

            range._parts.Add((from, below));
        }

        return true;
    }

    public bool Contains(NpmVersion version) =>
        _parts.Any(part => version.CompareTo(part.From) >= 0 && version.CompareTo(part.Below) < 0);

    private static (NpmVersion From, NpmVersion Below) Bounds(string op, int? major, int? minor, int? patch)
    {
        var least = new NpmVersion(major ?? 0, minor ?? 0, patch ?? 0);
        var afterMajor = major is { } first ? new NpmVersion(first + 1, 0, 0) : Last;
        var afterMinor = minor is { } second ? new NpmVersion(least.Major, second + 1, 0) : afterMajor;
        // 20 and 20.x mean all of 20
        var after = patch is { } third ? new NpmVersion(least.Major, least.Minor, third + 1) : afterMinor;
        var zero = new NpmVersion(0, 0, 0);
        return op switch
        {
            ">=" => (least, Last),
            ">" => (after, Last),
            "<" => (zero, least),
            "<=" => (zero, after),
            "~" or "~>" => (least, afterMinor),
            "^" => (
                least,
                least.Major > 0 || minor is null ? afterMajor
                : least.Minor > 0 || patch is null ? afterMinor
                : after),
            _ => (least, after),
        };
    }

    private static int? Number(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*(\S+)\s+-\s+(\S+)\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"([<>=~^])\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();

    [GeneratedRegex(
        @"^(?<op>>=|<=|>|<|=|\^|~>|~)?v?"
            + @"(?<major>\d{1,9}|[xX*])(?:\.(?<minor>\d{1,9}|[xX*])(?:\.(?<patch>\d{1,9}|[xX*]))?)?"
            + @"(?:[-+][0-9A-Za-z.+-]*)?$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Term();
}
