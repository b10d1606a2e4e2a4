using System.Runtime.InteropServices;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A second name for a file, to keep its content when the first name is given to another file. Costs neither time nor
/// space, and as installs never write into an existing file the content stays what it was.
/// </summary>
internal static partial class HardLink
{
    /// <summary>AT_FDCWD, in fcntl.h: paths are relative to the current folder.</summary>
    private static readonly int CurrentFolder = OperatingSystem.IsLinux() ? -100 : -2;

    /// <summary>
    /// Where there are no hard links (FAT, some network shares, protected files) it is a copy, as old as the original.
    /// </summary>
    /// <param name="existing">The file.</param>
    /// <param name="name">The second name, not in use.</param>
    public static void CreateOrCopy(string existing, string name)
    {
        var linked = OperatingSystem.IsWindows()
            ? CreateHardLink(name, existing, 0)
            : LinkAt(CurrentFolder, existing, CurrentFolder, name, 0) == 0;
        if (!linked)
        {
            File.Copy(existing, name);
            OpenWriters.WaitUntilClosed(name);
        }
    }

    // Not link(2), which follows a link on macOS: it is the link itself that is kept.
    [LibraryImport("libc", EntryPoint = "linkat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(int existingFolder, string existing, int folder, string name, int flags);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string existing, nint reserved);
}
