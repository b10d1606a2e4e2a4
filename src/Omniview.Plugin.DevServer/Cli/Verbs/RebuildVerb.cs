using System.CommandLine;
using System.Globalization;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Builds now, and waits for what comes of it.</summary>
internal static class RebuildVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var verb = new Command(
            "rebuild", "Builds a plugin's backend, swaps it if that made another one, and waits for the end of it: " +
            "ends with 1 when it failed.") { plugin.Id };
        VerbRun.Attach(verb, options, (run, cancellation) => RunAsync(plugin, run, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            var result = await new PluginWait(host, plugin.PluginId).RebuildAsync(cancellation);
            run.Answer(
                result, () => result.LastBuild is null ? $"{plugin.PluginId} has only a UI: Vite updates that by " +
                    "itself." : Text(result));
            return Code(result);
        }
    }

    public static int Code(StatusResult result) =>
        result.Plugin.Status == ProcessStatus.Error || result.Plugin.Stale || ErrorsVerb.HasError(result.Errors)
            || result.LastBuild is { Result: "failed" or "stopped" }
            ? ExitCode.Failed
            : ExitCode.Ok;

    private static string Text(StatusResult result)
    {
        var (plugin, build) = (result.Plugin, result.LastBuild!);
        var stale = plugin.Stale ? " keeps running" : "";
        var end = string.Create(
            CultureInfo.InvariantCulture,
            $"{plugin.PluginId}: {build.Result} after {Duration.Text(build.TotalMs)}, " +
            $"generation {plugin.Generation}{stale}");
        return result.Errors.Count == 0 ? end : $"{ErrorsVerb.Lines(result.Errors)}\n{end}";
    }
}
