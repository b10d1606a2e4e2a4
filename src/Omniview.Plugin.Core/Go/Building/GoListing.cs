namespace Omniview.Plugin.Core.Go.Building;

/// <summary>What go says about a program that it has built.</summary>
/// <param name="Sources">The author's files it is made of.</param>
/// <param name="Packages">All its packages with the archives they are in.</param>
internal sealed record GoListing(GoSourceSet Sources, IReadOnlyList<GoListedPackage> Packages)
{
    /// <summary>When go was asked: what was written since then may or may not be in the archives.</summary>
    public DateTimeOffset Begun { get; init; }

    /// <summary>Folders of the author's packages, by the names go has for them.</summary>
    public IReadOnlySet<string> PackageFolders { get; init; } = new HashSet<string>();

    /// <summary>
    /// Folders in which a package of the program would be found a second time, if there were Go files in them.
    /// </summary>
    public IReadOnlySet<string> AmbiguousFolders { get; init; } = new HashSet<string>();

    /// <summary>
    /// Go files in those folders that are not for this system or these tags, as long as their first lines say so.
    /// </summary>
    public IReadOnlySet<string> Ignored { get; init; } = new HashSet<string>();
}
