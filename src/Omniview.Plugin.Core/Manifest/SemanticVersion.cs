using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>The form of versions at semver.org, which Omniview's registry sorts by.</summary>
internal static partial class SemanticVersion
{
    private const int LengthLimit = 256;

    public static bool IsLegal(string version) => version.Length <= LengthLimit && Form().IsMatch(version);

    /// <summary>The semantic version that a near miss such as <c>v1.2</c> stands for, or null.</summary>
    public static string? Nearest(string version)
    {
        var bare = version.Trim().TrimStart('v', 'V');
        return new[] { bare, $"{bare}.0", $"{bare}.0.0" }.FirstOrDefault(IsLegal);
    }

    [GeneratedRegex(
        // major, minor and patch
        @"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
            // pre-release
            + @"(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
            // build metadata
            + @"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
