using System.CommandLine;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Starts Vite and the plugin anew, and waits until both are up.</summary>
internal static class RestartVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var verb = new Command(
            "restart",
            "Ends a plugin and its Vite and starts both anew; ends with 1 when they do not come up.")
        {
            plugin.Id,
        };
        VerbRun.Attach(verb, options, (run, cancellation) => RunAsync(plugin, run, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            await host.RestartAsync(plugin.PluginId, cancellation);
            var result = await new PluginWait(host, plugin.PluginId).UntilSettledAsync(cancellation);
            run.Answer(
                result,
                () => result.Errors.Count == 0 ? Text(result) : $"{ErrorsVerb.Lines(result.Errors)}\n{Text(result)}");
            return RebuildVerb.Code(result);
        }
    }

    private static string Text(StatusResult result) =>
        FormattableString.Invariant(
            $"{result.Plugin.PluginId}: {StatusVerb.Word(result.Plugin)}, generation {result.Plugin.Generation}");
}
