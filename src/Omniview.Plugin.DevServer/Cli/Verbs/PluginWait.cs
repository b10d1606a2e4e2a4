using System.Globalization;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>
/// Waits for what was asked of a plugin. Looks rather than listens: the record of a turn is written after its last
/// event, and a look costs the dev host nothing.
/// </summary>
internal sealed class PluginWait(HostClient host, string pluginId)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Asks for a build and returns with the turn that has seen all that was saved before; without one for a plugin
    /// that has no backend.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP3015: the plugin was stopped meanwhile; whatever keeps the loop from
    /// building.</exception>
    public async Task<StatusResult> RebuildAsync(CancellationToken cancellation)
    {
        var asked = DateTimeOffset.UtcNow;
        var before = (await host.GetBuildsAsync(pluginId, cancellation)).Select(build => build.Number).LastOrDefault();
        var plugin = await host.RebuildAsync(pluginId, cancellation);
        if (plugin.GoStatus == ProcessStatus.Idle)
        {
            return await UntilSettledAsync(cancellation);
        }

        var idle = 0;
        while (true)
        {
            var result = await LookAsync(cancellation);
            if (result.LastBuild is { } build && build.Number > before && build.Result != "superseded")
            {
                // A turn that had begun may have taken the request along. Then nothing follows it.
                idle = result.Plugin.GoStatus == ProcessStatus.Building ? 0 : idle + 1;
                if (
                    idle > 0
                    && (
                        DateTimeOffset.Parse(build.StartedAt, CultureInfo.InvariantCulture) >= asked.AddMilliseconds(-1)
                        || idle > 3))
                {
                    return result;
                }
            }
            else if (result.Errors.FirstOrDefault(error => error.Code == DiagnosticCodes.ProjectGone) is { } gone)
            {
                // there is nothing to build until the folder is back
                throw new DiagnosticException(gone.ToDiagnostic());
            }

            await Task.Delay(LookInterval, cancellation);
        }
    }

    /// <summary>Returns when nothing is being started or built any more.</summary>
    /// <exception cref="DiagnosticException">OVP3015: the plugin was stopped meanwhile.</exception>
    public async Task<StatusResult> UntilSettledAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await LookAsync(cancellation);
            if (
                result.Plugin.Status is ProcessStatus.Ready or ProcessStatus.Error
                && result.Plugin.ViteStatus != ProcessStatus.Starting
                && result.Plugin.GoStatus != ProcessStatus.Building)
            {
                return result;
            }

            await Task.Delay(LookInterval, cancellation);
        }
    }

    private async Task<StatusResult> LookAsync(CancellationToken cancellation)
    {
        var plugin = await host.GetStateAsync(pluginId, cancellation);
        if (plugin.Mode == "idle")
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.PluginNotServed, $"The plugin '{pluginId}' was stopped meanwhile."));
        }

        var builds = await host.GetBuildsAsync(pluginId, cancellation);
        var errors = await host.GetErrorsAsync(pluginId, cancellation);
        return new StatusResult(plugin, builds.Count == 0 ? null : builds[^1], errors);
    }
}
