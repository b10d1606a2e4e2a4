using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Facts from statx(2), whose structure is the same on all processors (linux/stat.h). Linux 4.11 and glibc 2.28 have
/// it.
/// </summary>
internal static class LinuxFacts
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int TheHandleItself = 0x1000; // AT_EMPTY_PATH
    private const uint BasicFacts = 0x7FF; // STATX_BASIC_STATS
    private const int StructureSize = 256;

    public static FileFacts? Of(string path, bool followLink)
    {
        Span<byte> facts = stackalloc byte[StructureSize];
        return LibC.Statx(CurrentFolder, path, followLink ? 0 : DoNotFollow, BasicFacts, facts) == 0
            ? Read(facts)
            : null;
    }

    public static FileFacts Of(SafeFileHandle handle)
    {
        Span<byte> facts = stackalloc byte[StructureSize];
        return LibC.Statx(handle, "", TheHandleItself, BasicFacts, facts) == 0
            ? Read(facts)
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    private static FileFacts Read(ReadOnlySpan<byte> facts)
    {
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(facts[28..]);
        return new FileFacts(
            UnixMode.Kind(mode),
            Size: BinaryPrimitives.ReadInt64LittleEndian(facts[40..]),
            Device: ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(facts[136..]) << 32)
                | BinaryPrimitives.ReadUInt32LittleEndian(facts[140..]),
            Inode: BinaryPrimitives.ReadUInt64LittleEndian(facts[32..]),
            Modified: Nanoseconds(facts[112..]),
            Changed: Nanoseconds(facts[96..]),
            UnixMode.Permissions(mode),
            Owner: BinaryPrimitives.ReadUInt32LittleEndian(facts[20..]),
            Links: BinaryPrimitives.ReadUInt32LittleEndian(facts[16..]));
    }

    private static long Nanoseconds(ReadOnlySpan<byte> time) =>
        unchecked(
            (BinaryPrimitives.ReadInt64LittleEndian(time) * 1_000_000_000)
            + BinaryPrimitives.ReadUInt32LittleEndian(time[8..]));
}
