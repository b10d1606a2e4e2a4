using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Facts from macOS's stat(2) family in its form with 64-bit inodes (sys/stat.h): the only one on Apple's processors,
/// and the one named <c>$INODE64</c> on Intel's.
/// </summary>
internal static class MacFacts
{
    private const int StructureSize = 144;
    private static readonly bool IsIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static FileFacts? Of(string path, bool followLink)
    {
        Span<byte> facts = stackalloc byte[StructureSize];
        var result = (followLink, IsIntel) switch
        {
            (true, true) => LibC.StatOnIntel(path, facts),
            (true, false) => LibC.Stat(path, facts),
            (false, true) => LibC.LStatOnIntel(path, facts),
            (false, false) => LibC.LStat(path, facts),
        };
        return result == 0 ? Read(facts) : null;
    }

    public static FileFacts Of(SafeFileHandle handle)
    {
        Span<byte> facts = stackalloc byte[StructureSize];
        var result = IsIntel ? LibC.FStatOnIntel(handle, facts) : LibC.FStat(handle, facts);
        return result == 0 ? Read(facts) : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    private static FileFacts Read(ReadOnlySpan<byte> facts)
    {
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(facts[4..]);
        return new FileFacts(
            UnixMode.Kind(mode),
            Size: BinaryPrimitives.ReadInt64LittleEndian(facts[96..]),
            Device: BinaryPrimitives.ReadUInt32LittleEndian(facts),
            Inode: BinaryPrimitives.ReadUInt64LittleEndian(facts[8..]),
            Modified: Nanoseconds(facts[48..]),
            Changed: Nanoseconds(facts[64..]),
            UnixMode.Permissions(mode),
            Owner: BinaryPrimitives.ReadUInt32LittleEndian(facts[16..]),
            Links: BinaryPrimitives.ReadUInt16LittleEndian(facts[6..]));
    }

    private static long Nanoseconds(ReadOnlySpan<byte> time) =>
        unchecked(
            (BinaryPrimitives.ReadInt64LittleEndian(time) * 1_000_000_000)
            + BinaryPrimitives.ReadInt64LittleEndian(time[8..]));
}
