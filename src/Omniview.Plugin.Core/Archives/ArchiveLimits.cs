namespace Omniview.Plugin.Core.Archives;

/// <summary>What an archive may ask of the disk before it is taken for a bomb.</summary>
/// <param name="MostBytes">Of all its files together, unpacked.</param>
/// <param name="MostEntries">Files, folders and whatever else it holds.</param>
public sealed record ArchiveLimits(long MostBytes, int MostEntries)
{
    /// <summary>2 GiB and 100,000 entries: many times what real plugins have.</summary>
    public static ArchiveLimits Default { get; } = new(2L * 1024 * 1024 * 1024, 100_000);
}
