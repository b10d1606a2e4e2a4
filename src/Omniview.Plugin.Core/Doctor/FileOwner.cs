using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Whose a file is. Linux only, where statx(2) has one layout on all processors; elsewhere null.</summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint UidMask = 0x8; // STATX_UID
    private const int UidOffset = 20; // of stx_uid in struct statx

    /// <summary>The UID this process acts as.</summary>
    public static uint? Self => OperatingSystem.IsLinux() ? SysEffectiveUser() : null;

    public static uint? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            Span<byte> buffer = stackalloc byte[256]; // the size of struct statx
            return SysStatx(CurrentFolder, path, 0, UidMask, buffer) == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(buffer[UidOffset..]) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library older than the call
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint SysEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SysStatx(int folder, string path, int flags, uint mask, Span<byte> buffer);
}
