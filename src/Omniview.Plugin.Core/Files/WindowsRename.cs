using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A rename over a file that others read: they keep what they have open, and nobody finds the name empty. Windows has
/// it since 10 1709, on NTFS; the older rename refuses.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsRename
{
    private const uint Delete = 0x10000 | 0x100000; // DELETE | SYNCHRONIZE
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint OfTheNameItself = 0x2000000 | 0x200000; // FILE_FLAG_BACKUP_SEMANTICS, _OPEN_REPARSE_POINT
    private const int RenameInformation = 22; // FileRenameInfoEx
    private const int ReplaceAsUnixDoes = 1 | 2; // FILE_RENAME_FLAG_REPLACE_IF_EXISTS, _POSIX_SEMANTICS

    public static void Move(string file, string destination, bool overwrite)
    {
        if (!overwrite || !TryReplace(file, destination))
        {
            File.Move(file, destination, overwrite);
        }
    }

    /// <summary>False when the system, the file system or a program that has the file open does not allow it.</summary>
    internal static bool TryReplace(string file, string destination)
    {
        using var handle = CreateFile(
            WindowsPath.Extended(file), Delete, ShareAll, 0, OpenExisting, OfTheNameItself, 0);
        return !handle.IsInvalid && SetFileInformation(
            handle, RenameInformation, Information(destination, out var length), length);
    }

    /// <summary>FILE_RENAME_INFO: flags, a folder's handle, the length of the name, the name.</summary>
    private static byte[] Information(string destination, out int length)
    {
        var lengthAt = 2 * nint.Size;
        var name = Encoding.Unicode.GetBytes(WindowsPath.Extended(destination));
        var information = new byte[lengthAt + sizeof(int) + name.Length + sizeof(char)];
        BinaryPrimitives.WriteInt32LittleEndian(information, ReplaceAsUnixDoes);
        BinaryPrimitives.WriteInt32LittleEndian(information.AsSpan(lengthAt), name.Length);
        name.CopyTo(information, lengthAt + sizeof(int));
        length = information.Length;
        return information;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint attributes, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "SetFileInformationByHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetFileInformation(
        SafeFileHandle file, int informationClass, byte[] information, int length);
}
