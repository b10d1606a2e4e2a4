namespace Omniview.Plugin.Testing;

/// <summary>Who may do what with a file, where the system has modes.</summary>
internal static class Modes
{
    public static void AssertOwnerFile(string file) =>
        Assert(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);

    public static void Assert(UnixFileMode expected, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Xunit.Assert.Equal(expected, File.GetUnixFileMode(path));
        }
    }

    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
