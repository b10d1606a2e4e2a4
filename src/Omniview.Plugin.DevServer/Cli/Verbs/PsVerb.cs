using System.CommandLine;
using System.Globalization;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>Lists what is served.</summary>
internal static class PsVerb
{
    public static Command Create(CommonOptions options)
    {
        var verb = new Command("ps", "Lists the plugins that are served, by the dev host or by others.");
        CommonOptions.Refuse(verb, options.Folder);
        VerbRun.Attach(verb, options, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbRun run, CancellationToken cancellation)
    {
        using var host = await HostFinder.FindAsync(run.StateDirectory, cancellation);
        IReadOnlyList<DevServerState> plugins = host is null ? [] : await host.ListAsync(cancellation);
        run.Answer(
            new PsResult(host is null ? null : HostView.Of(host), plugins),
            () =>
                host is null ? $"No dev host runs for {run.StateDirectory}."
                : plugins.Count == 0 ? "No plugin is served."
                : Table(plugins));
        return ExitCode.Ok;
    }

    private static string Table(IReadOnlyList<DevServerState> plugins)
    {
        List<string[]> rows =
        [
            ["PLUGIN", "STATUS", "MODE", "GEN", "PID", "UI", "FOLDER"],
            .. plugins.Select(plugin => new[]
            {
                plugin.PluginId, StatusVerb.Word(plugin), plugin.Mode, Number(plugin.Generation),
                Number(plugin.PluginPid),
                Ui(plugin), plugin.DevPath.Length > 0 ? plugin.DevPath : "-",
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(
            column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join(
            '\n',
            rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())
        );
    }

    /// <summary>Where it is, and whether something is wrong with it.</summary>
    private static string Ui(DevServerState plugin) =>
        plugin.ViteStatus == ProcessStatus.Error ? $"{plugin.ViteStatus} {plugin.ViteUrl}".TrimEnd()
        : plugin.ViteUrl.Length > 0 ? plugin.ViteUrl : "-";

    private static string Number(int number) => number == 0 ? "-" : number.ToString(CultureInfo.InvariantCulture);
}
