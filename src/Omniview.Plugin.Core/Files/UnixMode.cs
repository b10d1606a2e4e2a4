namespace Omniview.Plugin.Core.Files;

/// <summary>The parts of Unix's <c>st_mode</c>, which has the same values on Linux and macOS (inode(7)).</summary>
internal static class UnixMode
{
    private const int TypeMask = 0xF000; // S_IFMT
    private const int PermissionMask = 0xFFF;

    public static UnixFileMode Permissions(int mode) => (UnixFileMode)(mode & PermissionMask);

    public static FileKind Kind(int mode) => (mode & TypeMask) switch
    {
        0x8000 => FileKind.File, // S_IFREG
        0x4000 => FileKind.Folder, // S_IFDIR
        0xA000 => FileKind.Link, // S_IFLNK
        0x1000 => FileKind.Pipe, // S_IFIFO
        0xC000 => FileKind.Socket, // S_IFSOCK
        _ => FileKind.Device,
    };
}
