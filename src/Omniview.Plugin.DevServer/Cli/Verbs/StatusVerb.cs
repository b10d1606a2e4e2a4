using System.CommandLine;
using System.Globalization;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>How one plugin is.</summary>
internal static class StatusVerb
{
    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var verb = new Command(
            "status", "Says how a plugin is: ends with 1 when something is wrong with it.") { plugin.Id };
        VerbRun.Attach(verb, options, (run, cancellation) => RunAsync(plugin, run, cancellation));
        return verb;
    }

    /// <summary>One word, and why it is old if it is.</summary>
    public static string Word(DevServerState plugin) =>
        plugin.Stale ? $"{plugin.Status}, stale: {plugin.StaleReason}" : plugin.Status;

    private static string FirstLine(string text) => TerminalText.Neutralise(text.Split('\n')[0].TrimEnd());

    private static async Task<int> RunAsync(PluginArgument argument, VerbRun run, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            var builds = await host.GetBuildsAsync(plugin.PluginId, cancellation);
            var errors = await host.GetErrorsAsync(plugin.PluginId, cancellation);
            var result = new StatusResult(plugin, builds.Count == 0 ? null : builds[^1], errors);
            run.Answer(result, () => string.Join('\n', Lines(result)));
            return plugin.Status == ProcessStatus.Error || plugin.Stale ? ExitCode.Failed : ExitCode.Ok;
        }
    }

    private static IEnumerable<string> Lines(StatusResult result)
    {
        var plugin = result.Plugin;
        yield return $"{plugin.PluginId}: {Word(plugin)}";
        yield return $"  mode      {plugin.Mode}";
        if (plugin.DevPath.Length > 0)
        {
            yield return $"  folder    {plugin.DevPath}";
        }

        if (plugin.ViteStatus != ProcessStatus.Idle)
        {
            yield return $"  UI        {plugin.ViteStatus} {plugin.ViteUrl}".TrimEnd();
            if (plugin.ViteError.Length > 0)
            {
                yield return $"            {FirstLine(plugin.ViteError)}";
            }
        }

        if (plugin.GoStatus != ProcessStatus.Idle)
        {
            var process = plugin.PluginPid > 0
                ? string.Create(CultureInfo.InvariantCulture, $"PID {plugin.PluginPid}, health: {plugin.PluginHealth}")
                : "no plugin runs";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  backend   {plugin.GoStatus}, generation {plugin.Generation}, {process}");
        }

        if (result.LastBuild is { } build)
        {
            yield return $"  build     {build.Result} after {Duration.Text(build.TotalMs)}, at " +
                $"{Timestamp.TimeOfDay(build.StartedAt)}";
        }

        yield return string.Create(
            CultureInfo.InvariantCulture, $"  problems  {(result.Errors.Count == 0 ? "none" : result.Errors.Count)}");
        if (result.Errors.Count > 0)
        {
            yield return ErrorsVerb.Lines(result.Errors);
        }
    }
}
