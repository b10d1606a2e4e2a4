namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Compares files by what is in them; timestamps say nothing (<c>go build -o</c> renews them each time).
/// </summary>
internal static class FileContent
{
    // Two of them are below what counts as a large object, and none comes from a pool: that keeps one for each thread,
    // for good.
    private const int BlockSize = 40 * 1024;

    /// <summary>Whether the destination already is a plain file with the source's bytes and this mode.</summary>
    public static bool IsInstalled(string source, string destination, UnixFileMode mode) =>
        FileFacts.Of(destination) is { Kind: FileKind.File } installed
            && installed.Size == new FileInfo(source).Length
            && (OperatingSystem.IsWindows() || (installed.Mode & Permissions.All) == mode)
            && HaveSameBytes(source, destination);

    /// <summary>Whether both are there and hold the same.</summary>
    /// <param name="one">Absolute path.</param>
    /// <param name="other">Absolute path.</param>
    /// <param name="from">The first byte that counts.</param>
    public static bool IsSame(string one, string other, long from = 0) =>
        new FileInfo(one) is { Exists: true, Length: var length } && new FileInfo(other) is { Exists: true } file
            && file.Length == length && HaveSameBytes(one, other, from);

    /// <summary>Copies what is left of a stream.</summary>
    public static void Copy(Stream from, Stream to)
    {
        var block = new byte[2 * BlockSize];
        int count;
        while ((count = from.Read(block)) > 0)
        {
            to.Write(block.AsSpan(0, count));
        }
    }

    private static bool HaveSameBytes(string one, string other, long from = 0)
    {
        using var first = Open(one);
        using var second = Open(other);
        (first.Position, second.Position) = (from, from);
        byte[] here = new byte[BlockSize], there = new byte[BlockSize];
        int count;
        do
        {
            count = first.ReadAtLeast(here, BlockSize, throwOnEndOfStream: false);
            if (second.ReadAtLeast(there, BlockSize, throwOnEndOfStream: false) != count
                || !here.AsSpan(0, count).SequenceEqual(there.AsSpan(0, count)))
            {
                return false;
            }
        }
        while (count == BlockSize);
        return true;
    }

    /// <summary>For reading, in nobody's way: a build may replace or delete the file meanwhile.</summary>
    /// <exception cref="IOException">It can't be read, or is no regular file: a pipe would wait for a
    /// writer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string file) => RegularFile.Open(file);
}
