using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>A plugin's log.</summary>
internal static class LogsVerb
{
    private static readonly string[] Levels = ["debug", "info", "warn", "error"];
    private static readonly string[] Sources = [
        LogSource.Manager, LogSource.GoBuild, LogSource.GoWatch, LogSource.Vite, LogSource.Plugin];

    public static Command Create(CommonOptions options)
    {
        var plugin = new PluginArgument(options);
        var follow = new Option<bool>("--follow", "-f")
        {
            Description = "Go on with what comes, until Ctrl+C or until the plugin is stopped.",
        };
        var source = new Option<string[]>("--source")
        {
            Description = $"Only lines of these: {string.Join(", ", Sources)}.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        var level = new Option<string>("--level")
        {
            Description = $"Only lines of this level or above: {string.Join(", ", Levels)} (default: info).",
            HelpName = "level",
            DefaultValueFactory = _ => "info",
        };
        var grep = new Option<string?>("--grep")
        {
            Description = "Only lines whose message matches this regular expression.",
            HelpName = "pattern",
        };
        var lines = WholeNumber.Option(0, int.MaxValue, "--lines", "-n");
        lines.Description = "Only the last so many lines of those (default: all that are kept, 5,000).";
        lines.HelpName = "count";
        source.AcceptOnlyFromAmong(Sources);
        level.AcceptOnlyFromAmong(Levels);
        grep.Validators.Add(IsPattern);
        var verb = new Command("logs", "Prints a plugin's log, with --json each line as one JSON object.")
        {
            plugin.Id,
            follow,
            source,
            level,
            grep,
            lines,
        };
        VerbRun.Attach(
            verb,
            options,
            (run, cancellation) =>
                RunAsync(
                    plugin,
                    run,
                    new LogFilter(
                        [.. run.Parsed.GetValue(source) ?? []],
                        Levels.AsSpan(Array.IndexOf(Levels, run.Parsed.GetValue(level))).ToArray(),
                        run.Parsed.GetValue(grep)),
                    run.Parsed.GetValue(lines) ?? int.MaxValue,
                    run.Parsed.GetValue(follow),
                    cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(
        PluginArgument argument, VerbRun run, LogFilter filter, int count, bool follow, CancellationToken cancellation)
    {
        var (host, plugin) = await argument.FindAsync(run, cancellation);
        using (host)
        {
            using var output = new PipeWriter();
            var last = 0L;
            try
            {
                if (follow)
                {
                    await FollowAsync();
                }
                else
                {
                    await CatchUpAsync();
                }
            }
            catch (OutputException) when (output.IsPipe)
            {
                // who reads has seen enough: `logs -f | head`
            }

            return ExitCode.Ok;

            // The events begin before the look at what there is, so that nothing falls in between.
            async Task FollowAsync()
            {
                await foreach (var item in host.FollowAsync(plugin.PluginId, cancellation))
                {
                    switch (item.EventType)
                    {
                        case DevEvents.Snapshot:
                            await CatchUpAsync();
                            break;
                        case DevEvents.Log:
                            Print(JsonSerializer.Deserialize<LogEntry[]>(item.Data, WireJson.Options)!);
                            break;
                        case DevEvents.Status when JsonSerializer.Deserialize<DevServerState>(
                            item.Data, WireJson.Options) is { Mode: "idle" }:
                            return;
                        default:
                            break;
                    }
                }
            }

            async Task CatchUpAsync()
            {
                var kept = await host.GetLogsAsync(plugin.PluginId, count: 0, cancellation) ?? [];
                Print([.. kept.Where(entry => entry.Seq > last).Where(filter.Wants).TakeLast(count)]);
                last = Math.Max(last, kept.Select(entry => entry.Seq).LastOrDefault());
                count = int.MaxValue; // of what was missed later, all
            }

            void Print(IReadOnlyList<LogEntry> entries)
            {
                foreach (var entry in entries.Where(entry => entry.Seq > last))
                {
                    last = entry.Seq;
                    if (filter.Wants(entry))
                    {
                        output.WriteLine(
                            run.Json ? JsonSerializer.Serialize(entry, WireJson.Options) : LogLine.Of(entry));
                    }
                }
            }
        }
    }

    private static void IsPattern(OptionResult result)
    {
        try
        {
            _ = LogFilter.Pattern(result.GetValueOrDefault<string?>());
        }
        catch (RegexParseException e)
        {
            result.AddError($"'--grep' is no regular expression: {e.Message}");
        }
    }
}
