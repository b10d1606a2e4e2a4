using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// What .NET tells of files on Windows, which is enough there: names are no pipes or devices, and modes and owners have
/// no bits.
/// </summary>
internal static class WindowsFacts
{
    public static FileFacts? Of(string path, bool followLink)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (followLink && info.LinkTarget is not null)
            {
                info = info.ResolveLinkTarget(returnFinalTarget: true)!;
            }

            return (int)info.Attributes == -1
                ? null
                : Read(
                    info.Attributes,
                    info.Attributes.HasFlag(FileAttributes.Directory) ? 0 : new FileInfo(info.FullName).Length,
                    info.LastWriteTimeUtc,
                    info.CreationTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            return null;
        }
    }

    public static FileFacts Of(SafeFileHandle handle) =>
        Read(
            File.GetAttributes(handle),
            RandomAccess.GetLength(handle),
            File.GetLastWriteTimeUtc(handle),
            File.GetCreationTimeUtc(handle));

    private static FileFacts Read(FileAttributes attributes, long size, DateTime modified, DateTime made)
    {
        var kind = attributes.HasFlag(FileAttributes.ReparsePoint) ? FileKind.Link
            : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
            : attributes.HasFlag(FileAttributes.Device) ? FileKind.Device
            : FileKind.File;
        return new FileFacts(
            kind, size, 0, 0, Nanoseconds(modified), Nanoseconds(made), UnixFileMode.None, Owner: null, Links: 1);
    }

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
