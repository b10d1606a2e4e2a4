using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Has the dev host serve the plugin, or build it again when it is served already, and returns when that is done.
/// Problems are errors of this build. The plugin stays up as long as dotnet watch does, or without it until it is
/// stopped.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class StartDevServer : DevHostTask
{
    [Output]
    public string ViteUrl { get; set; } = "";

    protected override string Tool => "omniview-plugin-dev";

    protected override bool BeginsErrorLog => true;

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var underWatch = Environment.GetEnvironmentVariable("DOTNET_WATCH") == "1";
        var watch = underWatch ? DotnetWatchProcess.Find() : null;
        if (underWatch && watch is null && !OperatingSystem.IsWindows())
        {
            Log.LogMessage(MessageImportance.High, "dotnet watch has ended, so nothing is served for it.");
            return;
        }

        var (stateDirectory, settings) = ReadSettings();
        using var host = await HostFinder.EnsureAsync(stateDirectory, HostCommand, cancellation, Report);
        var running = (await host.ListAsync(cancellation)).Any(state => state.DevPath == settings.ProjectDirectory);
        var state = await host.StartAsync(new StartRequest(settings, watch), cancellation);
        if (running && !underWatch) // what dotnet watch has seen the dev host saw long before, and built it
        {
            await host.RebuildAsync(state.PluginId, cancellation);
        }

        // A second connection for the session: disposing that one closes its own.
        var client = await HostFinder.EnsureAsync(stateDirectory, HostCommand, cancellation, Report);
        await using var session = await client.OpenSessionAsync(settings, cancellation);
        // they become this task's errors
        var listener = new SettledListener(new DevReport(
            line => Log.LogMessage(MessageImportance.Normal, "{0}", line), kept: true, problems: false));
        var following = session.FollowAsync(listener);
        await Task.WhenAny(listener.Settled, following).WaitAsync(cancellation);
        Report((await host.GetErrorsAsync(state.PluginId, cancellation)).Select(error => error.ToDiagnostic()));
        ViteUrl = (await host.GetStateAsync(state.PluginId, cancellation)).ViteUrl;
        Log.LogMessage(
            MessageImportance.High,
            "{0} is served{1}. Stop it with: dotnet build -t:StopDev",
            state.PluginId,
            ViteUrl.Length > 0 ? $" at {ViteUrl}" : "");
    }
}
