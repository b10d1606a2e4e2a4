using System.CommandLine;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Stops a plugin, whoever holds it.</summary>
internal static class StopVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var verb = new Command(
            "stop", "Stops a plugin and its Vite, whoever holds them, and returns when they are down.") { plugin.Id };
        VerbRun.Attach(verb, options, (run, cancellation) => RunAsync(plugin, run, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            var ended = await host.StopAsync(plugin.PluginId, cancellation);
            if (ended.HostEnds)
            {
                await host.WaitForEndAsync(cancellation);
            }

            run.Answer(new StopResult(plugin.PluginId, ended.HostEnds), () => $"{plugin.PluginId} is stopped.");
            return ExitCode.Ok;
        }
    }
}
