namespace Omniview.Plugin.Core.Files;

/// <summary>How far the times of files can be trusted.</summary>
internal static class FileMoment
{
    private const long Second = 1_000_000_000;

    /// <summary>Linux and Windows give a file the time of their last tick, which is up to 10 and 16 ms old.</summary>
    private const long Tick = 20_000_000;

    /// <summary>That of FAT; one of a whole second is a sign of such a file system.</summary>
    private const long CoarseTick = 2 * Second;

    /// <summary>In nanoseconds since 1970.</summary>
    public static long Now => Of(DateTimeOffset.UtcNow);

    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>From when on a write is certain to give another time than these have.</summary>
    public static long Settled(FileFacts? name, FileFacts? behind) => Math.Max(Settled(name), Settled(behind));

    private static long Settled(FileFacts? facts)
    {
        if (facts is not { } known)
        {
            return 0;
        }

        // Who writes a file can set back when it was written, but not when it was changed, which Windows does not tell.
        var last = OperatingSystem.IsWindows() ? known.Modified : known.Changed;
        return last + (last % Second == 0 ? CoarseTick : Tick);
    }
}
