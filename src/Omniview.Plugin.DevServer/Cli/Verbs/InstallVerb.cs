using System.CommandLine;
using Omniview.Plugin.Core.Archives;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Installs a plugin from its archive.</summary>
internal static class InstallVerb
{
    public static Command Create(CommonOptions options)
    {
        var archive = PathValue.Check(
            new Argument<string>("archive")
            {
                Description = "A tar.gz with plugin.yaml, bin/plugin and assets/, as 'dotnet pack' makes it.",
                HelpName = "archive",
            });
        var verb = new Command(
            "install",
            "Installs a plugin from its archive, all of it or nothing; its data/ and store/ stay.")
        {
            archive,
        };
        CommonOptions.Refuse(verb, options.Folder);
        VerbRun.Attach(
            verb,
            options,
            (run, cancellation) => RunAsync(Path.GetFullPath(run.Parsed.GetValue(archive)!), run, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string archive, VerbRun run, CancellationToken cancellation)
    {
        var installed = await ArchiveInstaller.InstallAsync(
            archive,
            run.StateDirectory,
            manifest => RequireNotServedAsync(manifest.Id, run.StateDirectory, cancellation),
            cancellation);
        var (manifest, directory, result, leftOut) = installed;
        run.Answer(
            new InstalledResult(manifest.Id, manifest.Version, directory, result.AnyChange, leftOut),
            () => string.Join('\n', [
                .. leftOut.Count == 0
                    ? []
                    : new[] { $"Left out, as they are no part of a plugin: {string.Join(", ", leftOut)}" },
                $"{manifest.Id} {manifest.Version} " +
                $"{(result.AnyChange ? "is installed in" : "was installed already in")} {directory}",
            ]));
        return ExitCode.Ok;
    }

    /// <summary>The dev host would put its own build in the place of it with the next save.</summary>
    private static async Task RequireNotServedAsync(string id, string stateDirectory, CancellationToken cancellation)
    {
        using var host = await HostFinder.FindAsync(stateDirectory, cancellation);
        if (host is not null && await host.GetStateAsync(id, cancellation) is { Mode: "managed" } plugin)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.InstallWhileServed,
                $"The plugin '{id}' is served from {plugin.DevPath}, and the next save would replace what is " +
                $"installed. Nothing was installed. Stop it first: omniview-plugin-dev stop {id}"));
        }
    }
}
