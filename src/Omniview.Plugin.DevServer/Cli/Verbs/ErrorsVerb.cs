using System.CommandLine;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>The problems of a plugin's sources as they are now.</summary>
internal static class ErrorsVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var verb = new Command(
            "errors",
            "Prints the problems of a plugin's sources: ends with 1 when an error is among them.")
        {
            plugin.Id,
        };
        VerbRun.Attach(verb, options, (run, cancellation) => RunAsync(plugin, run, cancellation));
        return verb;
    }

    /// <summary>As the dev loop prints them.</summary>
    public static string Lines(IReadOnlyList<BuildError> errors) =>
        errors.Count == 0
            ? "problems: none"
            : string.Join('\n', new HelpLinks().Lines(errors.Select(error => error.ToDiagnostic())));

    public static bool HasError(IReadOnlyList<BuildError> errors) => errors.Any(error => error.Severity == "error");

    private static async Task<int> RunAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            var errors = await host.GetErrorsAsync(plugin.PluginId, cancellation);
            run.Answer(new BuildErrors(plugin.PluginId, errors), () => Lines(errors));
            return HasError(errors) ? ExitCode.Failed : ExitCode.Ok;
        }
    }
}
