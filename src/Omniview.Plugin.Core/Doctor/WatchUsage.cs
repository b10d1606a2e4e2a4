namespace Omniview.Plugin.Core.Doctor;

/// <summary>What the user's programs have of inotify, as far as <c>/proc</c> shows it.</summary>
internal static class WatchUsage
{
    private const string Inotify = "anon_inode:inotify";

    public static (long Instances, long Watches) OfThisUser()
    {
        var (instances, watches) = (0L, 0L);
        foreach (
            var process in Directory
                .EnumerateDirectories("/proc")
                .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                foreach (
                    var descriptor in Directory
                        .EnumerateFiles($"{process}/fd")
                        .Where(file => new FileInfo(file).LinkTarget == Inotify))
                {
                    instances++;
                    // proc_pid_fdinfo(5)
                    watches += File.ReadLines($"{process}/fdinfo/{Path.GetFileName(descriptor)}")
                        .Count(line => line.StartsWith("inotify wd:", StringComparison.Ordinal));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // another user's, whose watches count for them; or gone
            }
        }

        return (instances, watches);
    }
}
