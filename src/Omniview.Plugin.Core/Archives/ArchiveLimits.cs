namespace Omniview.Plugin.Core.Archives;

/// <summary>What an archive may ask of disk and memory before it is taken for a bomb.</summary>
/// <param name="MostBytes">Of all its files together, unpacked.</param>
/// <param name="MostEntries">Files, folders and whatever else it holds.</param>
internal sealed record ArchiveLimits(long MostBytes, int MostEntries)
{
    /// <summary>Of all that is said about one file: its name, and what pax and GNU tar add to it.</summary>
    internal const int MostBytesOfDescription = 1024 * 1024;

    /// <summary>2 GiB and 100,000 entries: many times what real plugins have.</summary>
    public static ArchiveLimits Default { get; } = new(2L * 1024 * 1024 * 1024, 100_000);

    /// <summary>
    /// With headers and padding: 512 bytes for an entry, another 512 to fill its last block, and room for long names.
    /// </summary>
    internal long MostBytesOfTar => MostBytes + (MostEntries * 4096L);
}
