using System.Buffers;

namespace Omniview.Plugin.Core.State;

/// <summary>Compares files by what is in them; timestamps say nothing (<c>go build -o</c> renews them each time).</summary>
internal static class FileContent
{
    private const int BlockSize = 128 * 1024;

    /// <summary>Whether the destination already is a plain file with the source's bytes and this mode.</summary>
    public static bool IsInstalled(string source, string destination, UnixFileMode mode)
    {
        var installed = new FileInfo(destination);
        return installed.Exists
            && installed.LinkTarget is null
            && installed.Length == new FileInfo(source).Length
            && (OperatingSystem.IsWindows() || (installed.UnixFileMode & Permissions.All) == mode)
            && HaveSameBytes(source, destination);
    }

    /// <summary>Whether both are there and hold the same.</summary>
    public static bool IsSame(string one, string other) =>
        new FileInfo(one) is { Exists: true, Length: var length } && new FileInfo(other) is { Exists: true } file && file.Length == length && HaveSameBytes(one, other);

    private static bool HaveSameBytes(string one, string other)
    {
        using var first = Open(one);
        using var second = Open(other);
        var block = ArrayPool<byte>.Shared.Rent(2 * BlockSize);
        try
        {
            var here = block.AsSpan(0, BlockSize);
            var there = block.AsSpan(BlockSize, BlockSize);
            int count;
            do
            {
                count = first.ReadAtLeast(here, BlockSize, throwOnEndOfStream: false);
                if (second.ReadAtLeast(there, BlockSize, throwOnEndOfStream: false) != count || !here[..count].SequenceEqual(there[..count]))
                {
                    return false;
                }
            }
            while (count == BlockSize);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>For reading in one pass, in nobody's way: a build may replace or delete the file meanwhile.</summary>
    public static FileStream Open(string file) => new(file, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = 0,
    });
}
