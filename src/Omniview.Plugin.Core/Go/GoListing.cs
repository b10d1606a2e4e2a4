namespace Omniview.Plugin.Core.Go;

/// <summary>What go says about a program that it has built.</summary>
/// <param name="Sources">The author's files it is made of.</param>
/// <param name="Packages">All its packages with the archives they are in.</param>
public sealed record GoListing(GoSourceSet Sources, IReadOnlyList<GoListedPackage> Packages);
