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

    /// <summary>The path with every link in it followed; null when one leads nowhere.</summary>
    public static string? Real(string path)
    {
        const int MostLinks = 40; // as Linux has it
        var real = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(real) is not { } link)
            {
                return real;
            }

            var target = File.ResolveLinkTarget(link, returnFinalTarget: false)
                ?? Directory.ResolveLinkTarget(link, returnFinalTarget: false);
            if (target is null)
            {
                return null;
            }

            real = Path.GetFullPath(target.FullName + real[link.Length..]);
        }

        return null;
    }

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

    /// <summary>The uppermost part of the path that is a link.</summary>
    private static string? FirstLink(string path)
    {
        string? found = null;
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            found = new FileInfo(part).LinkTarget is null ? found : part;
        }

        return found;
    }
}
