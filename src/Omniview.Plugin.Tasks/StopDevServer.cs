using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Client;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Stops what the dev host runs for this project; nothing to do when nothing runs.</summary>
[MSBuildMultiThreadableTask]
public sealed class StopDevServer : DevHostTask
{
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var (stateDirectory, settings) = ReadSettings();
        using var host = await HostFinder.FindAsync(stateDirectory, cancellation);
        if (host is null)
        {
            Log.LogMessage(MessageImportance.High, "No dev host runs.");
            return;
        }

        foreach (
            var state in (await host.ListAsync(cancellation)).Where(state => state.DevPath == settings.ProjectDirectory)
        )
        {
            var ended = await host.StopAsync(state.PluginId, cancellation);
            if (ended.HostEnds)
            {
                await host.WaitForEndAsync(cancellation);
            }

            Log.LogMessage(MessageImportance.High, "{0} is stopped.", state.PluginId);
        }
    }
}
