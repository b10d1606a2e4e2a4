using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Hosting;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Shows what happens to the plugin until the build is cancelled, then stops it. Watching, building and swapping are the
/// dev host's; this only listens. Problems are printed as they come and are no errors of this build, which would stay
/// failed long after they are mended.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WatchPlugin : DevHostTask
{
    protected override bool LetsOthersBuild => true;

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var kept = (OpenSession?)BuildEngine4.UnregisterTaskObject(OpenSession.Key(ProjectDirectory), RegisteredTaskObjectLifetime.Build);
        var session = kept?.Session ?? await OpenAsync(cancellation).ConfigureAwait(false);
        if (IsFirst() && ReadSettings().Settings.OpensDashboard(DevConsole.IsTerminal))
        {
            _ = session.OpenDashboardAsync();
        }

        await SessionWatch.Of(BuildEngine4).WatchAsync(session, one => one.FollowAsync(new DevReport(DevConsole.Writer(Log), kept: !DevConsole.IsTerminal)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Of the plugins of a solution: they share a dashboard.</summary>
    private bool IsFirst()
    {
        const string Key = "Omniview.Plugin.Tasks.Dashboard";
        if (BuildEngine4.GetRegisteredTaskObject(Key, RegisteredTaskObjectLifetime.Build) is not null)
        {
            return false;
        }

        BuildEngine4.RegisterTaskObject(Key, Key, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return true;
    }

    private async Task<DevSession> OpenAsync(CancellationToken cancellation)
    {
        var (stateDirectory, settings) = ReadSettings();
        var host = await HostFinder.EnsureAsync(stateDirectory, HostCommand, cancellation).ConfigureAwait(false);
        return await host.OpenSessionAsync(settings, cancellation).ConfigureAwait(false);
    }
}
