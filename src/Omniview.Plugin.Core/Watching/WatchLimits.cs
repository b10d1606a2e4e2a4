using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Watching;

/// <summary>Why a system gives no events for changed files, and what to do about it.</summary>
internal static class WatchLimits
{
    private const string Folder = "/proc/sys/fs/inotify/";

    /// <summary>How many instances and watches a user may have; null where there are no such limits.</summary>
    public static (long Instances, long Watches)? Read()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? (
                    long.Parse(File.ReadAllText(Folder + "max_user_instances"), CultureInfo.InvariantCulture),
                    long.Parse(File.ReadAllText(Folder + "max_user_watches"), CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>OVP3014.</summary>
    public static Diagnostic Problem(Exception reason) =>
        Diagnostic.Warning(
            DiagnosticCodes.WatchLimitReached,
            OperatingSystem.IsLinux()
                ? "The system gives no more events for changed files, so they are looked at twice a second and a " +
                    $"save is noticed later. The limits are {Limit("max_user_instances")} and " +
                    $"{Limit("max_user_watches")}, shared by all programs of the user. Raise them: sudo sysctl " +
                    "fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288, and start the dev loop " +
                    $"again. ({reason.Message})"
                : "The system gives no events for changed files, so they are looked at twice a second and a save " +
                    $"is noticed later: {reason.Message}");

    private static string Limit(string name)
    {
        try
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"fs.inotify.{name} = {File.ReadAllText(Folder + name).Trim()}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"fs.inotify.{name}";
        }
    }
}
