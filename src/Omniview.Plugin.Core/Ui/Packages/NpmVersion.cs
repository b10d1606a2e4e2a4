using System.Globalization;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// A version as packages of npm have it: three numbers, and before a release a word (<c>8.0.0-beta.1</c>).
/// </summary>
internal readonly partial record struct NpmVersion(
    int Major, int Minor, int Patch, string? Pre = null) : IComparable<NpmVersion>
{
    /// <summary>Reads <c>v22.1.0</c>, <c>10.0.0+sha512.…</c>.</summary>
    public static bool TryParse(string? text, out NpmVersion version)
    {
        version = default;
        var match = Shape().Match(text ?? "");
        if (!match.Success || !TryNumber(match.Groups[1], out var major) || !TryNumber(match.Groups[2], out var minor)
            || !TryNumber(match.Groups[3], out var patch))
        {
            return false;
        }

        version = new NpmVersion(major, minor, patch, match.Groups[4] is { Success: true } pre ? pre.Value : null);
        return true;
    }

    public int CompareTo(NpmVersion other)
    {
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers
            // the release comes after all before it
            : (Pre is null).CompareTo(other.Pre is null) is var release and not 0 ? release
            : string.CompareOrdinal(Pre, other.Pre);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}{(Pre is null ? "" : "-" + Pre)}");

    private static bool TryNumber(Group group, out int number) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(
        @"^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
