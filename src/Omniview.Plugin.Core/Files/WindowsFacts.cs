using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>What Windows tells of files. Names are no pipes there, and modes and owners have no bits.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsFacts
{
    private const uint ReadAttributes = 0x80; // no right to the content: nobody who has it open is in the way
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint AlsoFolders = 0x2000000; // FILE_FLAG_BACKUP_SEMANTICS
    private const uint OfTheLinkItself = 0x200000; // FILE_FLAG_OPEN_REPARSE_POINT

    public static FileFacts? Of(string path, bool followLink)
    {
        try
        {
            using var handle = CreateFile(
                WindowsPath.Extended(path),
                ReadAttributes,
                ShareAll,
                0,
                OpenExisting,
                followLink ? AlsoFolders : AlsoFolders | OfTheLinkItself,
                0);
            return handle.IsInvalid ? null : Of(handle);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public static FileFacts Of(SafeFileHandle handle)
    {
        if (!GetFileInformation(handle, out var told))
        {
            var error = new Win32Exception();
            throw new IOException(error.Message, error);
        }

        var attributes = (FileAttributes)told.Attributes;
        var kind = attributes.HasFlag(FileAttributes.ReparsePoint) ? FileKind.Link
            : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
            : attributes.HasFlag(FileAttributes.Device) ? FileKind.Device
            : FileKind.File;
        return new FileFacts(
            kind,
            (long)Joined(told.SizeHigh, told.SizeLow),
            told.Volume,
            Joined(told.IndexHigh, told.IndexLow),
            Nanoseconds(told.WrittenHigh, told.WrittenLow),
            Nanoseconds(told.MadeHigh, told.MadeLow),
            UnixFileMode.None,
            Owner: null,
            told.Links);
    }

    private static ulong Joined(uint high, uint low) => ((ulong)high << 32) | low;

    private static long Nanoseconds(uint high, uint low) =>
        (DateTime.FromFileTimeUtc((long)Joined(high, low)) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint attributes, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformation(SafeFileHandle file, out Information information);

    /// <summary>BY_HANDLE_FILE_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Information
    {
        public uint Attributes;
        public uint MadeLow;
        public uint MadeHigh;
        public uint ReadLow;
        public uint ReadHigh;
        public uint WrittenLow;
        public uint WrittenHigh;
        public uint Volume;
        public uint SizeHigh;
        public uint SizeLow;
        public uint Links;
        public uint IndexHigh;
        public uint IndexLow;
    }
}
