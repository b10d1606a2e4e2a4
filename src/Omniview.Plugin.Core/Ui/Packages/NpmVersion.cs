using System.Diagnostics.CodeAnalysis;
using Semver;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>Versions and ranges as npm reads them.</summary>
internal static class NpmVersion
{
    /// <summary>Reads <c>v22.1.0</c> and <c>10.0.0+sha512.…</c>, the latter without what follows the plus.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SemVersion? version)
    {
        version = SemVersion.TryParse(text, SemVersionStyles.AllowV, out var parsed) ? parsed.WithoutMetadata() : null;
        return version is not null;
    }

    /// <summary>
    /// Whether a range as in <c>engines</c> leaves this version out: <c>^20.19.0 || >=22.12.0</c>. Of what is no range
    /// nothing can be said. Candidates and nightly builds count as npm counts them there: by their order.
    /// </summary>
    public static bool IsOutside(this SemVersion version, [NotNullWhen(true)] string? range) =>
        range is not null
        && SemVersionRange.TryParseNpm(range, includeAllPrerelease: true, out var wanted)
        && !wanted.Contains(version);
}
