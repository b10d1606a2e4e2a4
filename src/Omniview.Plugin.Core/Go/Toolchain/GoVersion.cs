using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>A version of Go, of a toolchain (<c>go1.25.3</c>) or of the language (<c>1.25</c>, patch 0).</summary>
/// <remarks><c>Pre</c> is what comes before a release, e.g. <c>rc1</c>; null for the release itself.</remarks>
internal readonly partial record struct GoVersion(
    int Major, int Minor, int Patch, string? Pre = null) : IComparable<GoVersion>
{
    public static bool operator <(GoVersion left, GoVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(GoVersion left, GoVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(GoVersion left, GoVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GoVersion left, GoVersion right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// Reads the first version in the text: <c>1.25</c>, <c>go1.27rc1</c>, a whole <c>go version</c> line, a
    /// development build (<c>devel go1.28-3f1a…</c> counts as 1.28), a vendor's <c>go1.21.4-bigcorp</c>.
    /// </summary>
    public static bool TryParse(string? text, out GoVersion version)
    {
        version = default;
        var match = Shape().Match(text ?? "");
        if (!match.Success
            || !TryNumber(match.Groups["major"], out var major)
            || !TryNumber(match.Groups["minor"], out var minor)
            || !TryNumber(match.Groups["patch"], out var patch))
        {
            return false;
        }

        version = new GoVersion(major, minor, patch, match.Groups["pre"] is { Success: true } pre ? pre.Value : null);
        return true;
    }

    /// <summary>The release is newer than its betas and candidates, <c>rc10</c> newer than <c>rc2</c>.</summary>
    public int CompareTo(GoVersion other)
    {
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : (Pre, other.Pre) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            var (mine, theirs) => Split(mine).CompareTo(Split(theirs)),
        };
    }

    public override string ToString() =>
        Pre is null
            ? string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}")
            : string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}{Pre}");

    private static bool TryNumber(Group group, out int number)
    {
        number = 0;
        return !group.Success
            || int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static (int Stage, int Number) Split(string pre)
    {
        var word = pre.TrimEnd("0123456789".ToCharArray());
        _ = int.TryParse(pre.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return (Array.IndexOf(["alpha", "beta", "rc"], word), number);
    }

    [GeneratedRegex(
        @"(?:^|\s)(?:go)?(?<major>[0-9]+)\.(?<minor>[0-9]+)(?:\.(?<patch>[0-9]+))?"
            + @"(?<pre>(?:alpha|beta|rc)[0-9]+)?(?=$|[\s+-])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Shape();
}
