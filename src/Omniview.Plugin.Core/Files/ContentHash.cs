using System.IO.Hashing;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A number for what a file holds: to notice that it is another, not to stand up to somebody who wants it to look the
/// same. SHA-256 would load OpenSSL, which is a twentieth of the dev host's memory.
/// </summary>
internal static class ContentHash
{
    /// <summary>Of an empty file.</summary>
    public static ulong OfNothing { get; } = Of([]);

    public static ulong Of(ReadOnlySpan<byte> content) => XxHash64.HashToUInt64(content);

    /// <exception cref="IOException">The stream can't be read.</exception>
    public static ulong Of(Stream content)
    {
        var hash = new XxHash64();
        hash.Append(content);
        return hash.GetCurrentHashAsUInt64();
    }
}
