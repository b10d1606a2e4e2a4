using System.Globalization;

namespace Omniview.Plugin.Core.Files;

/// <summary>Linux's list of all locks on files, proc_locks(5).</summary>
internal static class LockTable
{
    /// <summary>The process that locked a file; null when none did, or none that can be seen from here.</summary>
    public static int? Holder(string path)
    {
        try
        {
            // "1: FLOCK ADVISORY WRITE 4711 08:01:123456 0 EOF": devices of some file systems differ from what stat
            // tells, inodes don't
            return FileFacts.Of(path) is { } facts
                ? File.ReadLines("/proc/locks")
                    .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Where(fields =>
                        fields.Length > 5
                        && fields[1] == "FLOCK"
                        && fields[5]
                            .EndsWith(
                                string.Create(CultureInfo.InvariantCulture, $":{facts.Inode}"),
                                StringComparison.Ordinal))
                    .Select(fields =>
                        int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0
                            ? pid
                            : (int?)null)
                    .FirstOrDefault()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
