using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// What the system says about a file without opening it. Two that are equal are of one file that nobody has written
/// meanwhile, as far as the file system's times tell.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Device">The file system it is on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Modified">When its content was written last, in nanoseconds since 1970.</param>
/// <param name="Changed">When anything about it was changed last, likewise; on Windows when it was made.</param>
/// <param name="Mode">Permission bits; none on Windows.</param>
/// <param name="Owner">The user it belongs to; null on Windows.</param>
/// <param name="Links">How many names it has.</param>
internal readonly record struct FileFacts(
    FileKind Kind,
    long Size,
    ulong Device,
    ulong Inode,
    long Modified,
    long Changed,
    UnixFileMode Mode,
    uint? Owner,
    uint Links)
{
    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The user this process acts as; null on Windows.</summary>
    public static uint? Self => OperatingSystem.IsWindows() ? null : LibC.EffectiveUser();

    /// <summary>Whether it belongs to the user this process acts as.</summary>
    public bool IsOwn => Owner == Self;

    /// <summary>Whether its group or everybody may write it.</summary>
    public bool OthersMayWrite => (Mode & WriteOfOthers) != 0;

    /// <summary>Of what has this name, which may be a link; null when there is nothing that can be looked at.</summary>
    public static FileFacts? Of(string path) => Look(path, followLink: false);

    /// <summary>Of what a name leads to, through links; null when there is nothing that can be looked at.</summary>
    public static FileFacts? Behind(string path) => Look(path, followLink: true);

    /// <summary>Of an open file.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static FileFacts Of(SafeFileHandle handle) =>
        OperatingSystem.IsWindows() ? WindowsFacts.Of(handle)
        : OperatingSystem.IsLinux() ? LinuxFacts.Of(handle)
        : MacFacts.Of(handle);

    private static FileFacts? Look(string path, bool followLink) =>
        path.Contains('\0', StringComparison.Ordinal) ? null
        : OperatingSystem.IsWindows() ? WindowsFacts.Of(path, followLink)
        : OperatingSystem.IsLinux() ? LinuxFacts.Of(path, followLink)
        : MacFacts.Of(path, followLink);
}
