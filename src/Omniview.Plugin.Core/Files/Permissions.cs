namespace Omniview.Plugin.Core.Files;

/// <summary>Unix permission bits; nothing on Windows.</summary>
internal static class Permissions
{
    /// <summary>rwxrwxrwx: all that is ever copied. Set-user, set-group and sticky bits stay behind.</summary>
    public const UnixFileMode All = (UnixFileMode)0b111_111_111;

    /// <summary>rwxr-xr-x</summary>
    public const UnixFileMode Runnable = All & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

    /// <summary>rwx------</summary>
    public const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>rw-------</summary>
    public const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static UnixFileMode Of(string file) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file) & All;

    /// <summary>As a file has it, but nobody else may write what is installed: Omniview runs it.</summary>
    public static UnixFileMode Installed(string file) => Of(file) & Runnable;

    /// <summary>
    /// From here on nobody else may write what this process and its children make, unless they say so: a umask of 0
    /// gives everything to everybody.
    /// </summary>
    public static void KeepFilesFromOthers()
    {
        if (!OperatingSystem.IsWindows())
        {
            var write = (int)(All & ~Runnable);
            var mask = LibC.SetFileModeMask(write); // it can't be read without being set
            _ = LibC.SetFileModeMask(mask | write);
        }
    }

    /// <summary>Creates a folder where there is none; the mode of an existing one stays.</summary>
    public static void CreateFolder(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, mode);
        }
    }
}
