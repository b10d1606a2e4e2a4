using System.CommandLine;
using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Shows a plugin's page, or the dashboard, in the browser.</summary>
internal static class OpenVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var dashboard = new Option<bool>("--dashboard", "-d")
        {
            Description = "Open the dashboard instead: all plugins, their logs and their problems.",
        };
        var verb = new Command("open", "Opens the page of a plugin's UI in the browser.") { plugin.Id, dashboard };
        VerbRun.Attach(
            verb,
            options,
            (run, cancellation) =>
                run.Parsed.GetValue(dashboard)
                    ? OpenDashboardAsync(plugin, run, cancellation)
                    : OpenPageAsync(plugin, run, cancellation));
        return verb;
    }

    /// <summary>Which has all plugins: none need be meant, but one that is meant is shown first.</summary>
    private static async Task<int> OpenDashboardAsync(
        PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAnyAsync(run, cancellation);
        using (host)
        {
            var link = await host.CreateDashboardLinkAsync(plugin?.PluginId, cancellation);
            await Browser.OpenByFileAsync(link.File, link.Url, cancellation);
            run.Answer(new OpenResult(plugin?.PluginId ?? "", link.Url), () => link.Url);
            return ExitCode.Ok;
        }
    }

    private static async Task<int> OpenPageAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            var url = plugin.ViteUrl.Length > 0 ? plugin.ViteUrl : throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.NothingToOpen,
                $"The plugin '{plugin.PluginId}' has no page now: the status of its UI is '{plugin.ViteStatus}' " +
                "(idle: it has none, or --no-vite leaves it out)."));
            await Browser.OpenAsync(url, cancellation);
            run.Answer(new OpenResult(plugin.PluginId, url), () => url);
            return ExitCode.Ok;
        }
    }
}
