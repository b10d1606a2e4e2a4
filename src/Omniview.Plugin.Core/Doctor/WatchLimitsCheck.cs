using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Linux: the user's programs have not used inotify up.</summary>
internal static class WatchLimitsCheck
{
    private const int FewInstances = 8;
    private const int FewWatches = 2000;

    public static IEnumerable<Finding> Run(CheckContext context)
    {
        if (WatchLimits.Read() is not { } limits)
        {
            yield break;
        }

        var (instances, watches) = WatchUsage.OfThisUser();
        context.AddFact(FormattableString.Invariant(
            $"inotify: {instances} of {limits.Instances} instances and {watches} of {limits.Watches} watches in use"));
        if (Problem(limits.Instances - instances, limits.Watches - watches) is { } problem)
        {
            yield return problem;
        }
    }

    internal static Finding? Problem(long instancesLeft, long watchesLeft) =>
        instancesLeft >= FewInstances && watchesLeft >= FewWatches
            ? null
            : Finding.Warning(
                DiagnosticCodes.WatchLimitsLow,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Linux gives this user's programs only {Math.Max(0, instancesLeft)} more inotify instances and " +
                    $"{Math.Max(0, watchesLeft)} more watches. When they are used up, saves are noticed late " +
                    $"(OVP3014), and Vite may not start (ENOSPC)."),
                "Raise the limits: sudo sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288");
}
