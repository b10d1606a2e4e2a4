using System.CommandLine;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>
/// Which plugin a verb is about: the id that is typed, else that of the folder, else the only one there is. No dev host
/// is started to find out.
/// </summary>
internal sealed class PluginArgument
{
    public PluginArgument(CommonOptions options)
    {
        Id.CompletionSources.Add(context => Served(options, context.ParseResult));
        Id.Validators.Add(result =>
        {
            if (result.Tokens is [var id] && PluginId.Problem(id.Value) is { } problem)
            {
                result.AddError($"The plugin id {Shown.Text(id.Value)} {problem}.");
            }

            if (result.Tokens.Count > 0 && result.GetResult(options.Folder) is not null)
            {
                result.AddError("Name the plugin by its id or by '--dir', not by both.");
            }
        });
    }

    public Argument<string?> Id { get; } = new("plugin")
    {
        Description = "The plugin's id (default: the plugin of the current folder, or the only one that runs).",
        HelpName = "plugin", // by default help lists what completes it, and that is the plugins served just now
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The dev host, and the plugin's state a moment ago.</summary>
    /// <exception cref="DiagnosticException">OVP3015: no dev host runs, or not this plugin; OVP3016: it can be
    /// several.</exception>
    public Task<(HostClient Host, DevServerState Plugin)> FindAsync(VerbRun run, CancellationToken cancellation) =>
        FindAsync(run, Choose, cancellation);

    /// <summary>
    /// The dev host, and the plugin for a verb that can do without: null when none is named and the folder tells of
    /// none.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP3015: no dev host runs, or not the plugin that is named.</exception>
    public Task<(HostClient Host, DevServerState? Plugin)> FindAnyAsync(VerbRun run, CancellationToken cancellation) =>
        FindAsync(run, ChooseIfAny, cancellation);

    private async Task<(HostClient Host, T Plugin)> FindAsync<T>(
        VerbRun run, Func<IReadOnlyList<DevServerState>, string?, string?, T> choose, CancellationToken cancellation)
    {
        var host = await HostFinder.FindAsync(run.StateDirectory, cancellation)
            ?? throw NotServed(
                $"No dev host runs for {run.StateDirectory}, so no plugin is served there. Start one with 'dotnet " +
                "run' or 'omniview-plugin-dev' in the plugin's folder.");
        try
        {
            var plugins = await host.ListAsync(cancellation);
            return (host, choose(plugins, run.Parsed.GetValue(Id), run.Folder));
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static DevServerState? ChooseIfAny(IReadOnlyList<DevServerState> plugins, string? id, string? folder)
    {
        try
        {
            return Choose(plugins, id, folder);
        }
        catch (DiagnosticException) when (id is null && folder is null)
        {
            return null;
        }
    }

    private static DevServerState Choose(IReadOnlyList<DevServerState> plugins, string? id, string? folder)
    {
        if (id is not null)
        {
            return plugins.FirstOrDefault(plugin => plugin.PluginId == id)
                ?? throw NotServed($"No plugin '{id}' is served. {Those(plugins)}");
        }

        if (folder is not null)
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            return plugins.FirstOrDefault(plugin => PathNames.AreSame(plugin.DevPath, path))
                ?? throw NotServed($"No plugin is served from {path}. {Those(plugins)}");
        }

        for (var here = new DirectoryInfo(Directory.GetCurrentDirectory()); here is not null; here = here.Parent)
        {
            if (plugins.FirstOrDefault(plugin => PathNames.AreSame(plugin.DevPath, here.FullName)) is { } plugin)
            {
                return plugin;
            }

            // Who stands in one plugin's folder does not mean another.
            if (File.Exists(Path.Combine(here.FullName, ManifestReader.FileName)))
            {
                throw NotServed($"The plugin in {here.FullName} is not served. {Those(plugins)}");
            }
        }

        return plugins switch
        {
            [var only] => only,
            [] => throw NotServed("No plugin is served."),
            _ =>
                throw new DiagnosticException(Diagnostic.Error(
                    DiagnosticCodes.PluginAmbiguous, "Several plugins are served, and none from this folder. " +
                        $"{Those(plugins)} Name one.")),
        };
    }

    private static IEnumerable<string> Served(CommonOptions options, ParseResult parsed)
    {
        try
        {
            using var host = HostFinder
                .FindAsync(options.ResolveStateDirectory(parsed), CancellationToken.None)
                .GetAwaiter()
                .GetResult();
            return host is null
                ? []
                :
                [
                    .. host.ListAsync(CancellationToken.None)
                        .GetAwaiter()
                        .GetResult()
                        .Select(plugin => plugin.PluginId),
                ];
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException
            or HttpRequestException)
        {
            return []; // who presses Tab wants no message in the middle of the line
        }
    }

    private static string Those(IReadOnlyList<DevServerState> plugins) =>
        plugins.Count == 0 ? "None is." : $"Served: {string.Join(", ", plugins.Select(plugin => plugin.PluginId))}.";

    private static DiagnosticException NotServed(string message) =>
        new(Diagnostic.Error(DiagnosticCodes.PluginNotServed, message));
}
