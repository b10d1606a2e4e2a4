using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Vite;
using Semver;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>The installed Vite has none of the holes known when this was written, November 2026.</summary>
internal static class ViteVersionCheck
{
    /// <summary>
    /// The first version of each line that has all known fixes; lines before the first get none. The last ones are
    /// CVE-2026-53571 (files that server.fs.deny forbids, Windows) and CVE-2026-53632 (launch-editor, Windows); before
    /// them came CVE-2025-62522, CVE-2025-58751, CVE-2025-46565, CVE-2025-32395, CVE-2025-31486, CVE-2025-31125,
    /// CVE-2025-30208 and CVE-2025-24010 (any web site could read the dev server).
    /// </summary>
    private static readonly SemVersion[] Safe = [new(6, 4, 3), new(7, 3, 5), new(8, 0, 16)];

    public static IEnumerable<Finding> Run(CheckContext context)
    {
        if (!context.HasUi || ViteScript.Package(context.Ui) is not { } vite
            || !NpmVersion.TryParse(vite.Version, out var version))
        {
            yield break;
        }

        context.AddFact($"Vite {version} ({Path.GetDirectoryName(vite.File)})");
        if (FirstSafe(version) is { } safe)
        {
            yield return Finding.Warning(
                DiagnosticCodes.ViteVersionVulnerable,
                $"Vite {version} has known holes, through which web pages or others in your network can read files " +
                "of yours while it runs.",
                $"Update it, to {safe} or later: \"vite\": \"^{safe}\" in ui/package.json").At(context.Ui.PackageJson);
        }
    }

    /// <summary>Where to update to; null for one that is safe already.</summary>
    internal static SemVersion? FirstSafe(SemVersion version) =>
        Safe.FirstOrDefault(safe => safe.Major >= version.Major) is { } safe && version.ComparePrecedenceTo(safe) < 0
            ? safe
            : null;
}
