using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Reports;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Shows what happens to the plugin until the build is cancelled, then stops it. Watching, building and swapping are
/// the dev host's; this only listens. Problems are printed as they come and are no errors of this build, which would
/// stay failed long after they are mended.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WatchPlugin : DevHostTask
{
    /// <summary>Begins each line with the plugin's name, since other plugins write beside it.</summary>
    public bool NameLines { get; set; }

    protected override bool LetsOthersBuild => true;

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        // then MSBuild starts the next project when this one's task has ended, even if that yields (18.9)
        if (NameLines && !BuildEngine4.IsRunningMultipleNodes)
        {
            DevConsole.Writer(Log)(
                "MSBuild runs one project at a time here, so the other plugins are not started. Add -m:2, also for " +
                "more than two.");
        }

        var kept = (OpenSession?)BuildEngine4.UnregisterTaskObject(
            OpenSession.Key(ProjectDirectory), RegisteredTaskObjectLifetime.Build);
        var session = kept?.Session ?? await OpenAsync(cancellation);
        if (IsFirst() && ReadSettings().Settings.OpensDashboard(DevConsole.IsTerminal))
        {
            session.OpenDashboard();
        }

        await BuildObject.Get<SessionWatch>(BuildEngine4).WatchAsync(
            session, one => one.FollowAsync(Report(one)), cancellation);
        if (cancellation.IsCancellationRequested)
        {
            DevConsole.SayLast("Stopped in good order; MSBuild says FAILED of whatever Ctrl+C ends.");
        }
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

    private DevReport Report(DevSession session) =>
        new(
            DevConsole.Writer(Log),
            style: NameLines ? new NamedLines(session.Started.State.PluginId, DevConsole.HasColours) : null,
            kept: !DevConsole.IsTerminal);

    private async Task<DevSession> OpenAsync(CancellationToken cancellation)
    {
        var (stateDirectory, settings) = ReadSettings();
        var host = await HostFinder.EnsureAsync(stateDirectory, HostCommand, cancellation, Report);
        return await host.OpenSessionAsync(settings, cancellation);
    }
}
