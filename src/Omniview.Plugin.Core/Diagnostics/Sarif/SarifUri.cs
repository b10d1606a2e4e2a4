using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>Paths as SARIF wants them: valid URI references, whatever the file system allows in a name.</summary>
internal static class SarifUri
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>
    /// A file URI ending in a slash: relative references are resolved against the folder, not its parent.
    /// </summary>
    public static string OfFolder(string folder) =>
        OfFile(Path.TrimEndingDirectorySeparator(folder)).TrimEnd('/') + "/";

    /// <summary>Why not <see cref="Uri"/>: it keeps a % that two hex digits follow, and so changes the name.</summary>
    public static string OfFile(string file)
    {
        if (OperatingSystem.IsWindows() && file.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return "file://" + Encode(file[2..]); // a share: its server is the URI's host
        }

        var path = Encode(file);
        return OperatingSystem.IsWindows() && path.IndexOf("%3A/", StringComparison.Ordinal) == 1
            ? $"file:///{path[0]}:{path[4..]}" // a drive
            : $"file://{path}";
    }

    /// <summary>
    /// Null when the file is not below the folder. A colon is escaped, or the first segment could be a scheme.
    /// </summary>
    public static string? Relative(string file, string folder) =>
        PathNames.IsBelow(file, folder) ? Encode(file[(Path.TrimEndingDirectorySeparator(folder).Length + 1)..]) : null;

    private static string Encode(string path) => string.Join('/', path.Split(Separators).Select(Uri.EscapeDataString));
}
