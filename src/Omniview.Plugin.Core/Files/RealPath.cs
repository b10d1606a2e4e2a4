namespace Omniview.Plugin.Core.Files;

/// <summary>Where a path leads when every link in it is followed, also those of the folders above.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux has it

    /// <summary>Null when the links go round in circles. What a link names need not be there.</summary>
    public static string? Of(string path)
    {
        var real = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(real) is not var (link, target))
            {
                return real;
            }

            real = Path.GetFullPath(target + real[link.Length..], Path.GetDirectoryName(link)!);
        }

        return null;
    }

    /// <summary>The uppermost part of the path that is a link, and what it names.</summary>
    private static (string Link, string Target)? FirstLink(string path)
    {
        (string, string)? found = null;
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            found = new FileInfo(part).LinkTarget is { } target ? (part, target) : found;
        }

        return found;
    }
}
