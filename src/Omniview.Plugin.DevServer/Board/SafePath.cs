namespace Omniview.Plugin.DevServer.Board;

/// <summary>Paths that strangers name.</summary>
internal static class SafePath
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>
    /// Whether it can only mean a file of this machine's file systems: no UNC name, whose mere opening sends the user's
    /// credentials to another machine, no device, no stream of a file, no control characters. Windows' rules count
    /// everywhere.
    /// </summary>
    public static bool IsPlain(string path) =>
        path.Length is > 0 and < 4096
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.StartsWith(@"\\", StringComparison.Ordinal)
        && !path.StartsWith(@"\??\", StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && (!OperatingSystem.IsWindows() || HasNoDeviceOrStream(path));

    internal static bool HasNoDeviceOrStream(string path)
    {
        var rest = path.Length > 1 && path[1] == ':' ? path[2..] : path;
        return !rest.Contains(':', StringComparison.Ordinal) && !rest.Split('/', '\\').Any(IsDevice);
    }

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return Devices.Contains(stem)
            || (
                stem.Length == 4
                && (
                    stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)
                )
                && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³');
    }
}
