namespace Omniview.Plugin.Core.Files;

/// <summary>Paths for Windows' own functions, which .NET's prepare by themselves.</summary>
internal static class WindowsPath
{
    /// <summary>In the form that may be longer than 260 characters, and in which no name is a device's.</summary>
    public static string Extended(string path) =>
        Path.GetFullPath(path) switch
        {
            ['\\', '\\', '?' or '.', '\\', ..] full => full,
            ['\\', '\\', .. var share] => @"\\?\UNC\" + share,
            var full => @"\\?\" + full,
        };
}
