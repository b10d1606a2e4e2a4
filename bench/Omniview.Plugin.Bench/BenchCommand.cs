using System.CommandLine;
using Omniview.Plugin.Bench.Builds;
using Omniview.Plugin.Bench.Measuring;
using Omniview.Plugin.Bench.Micro;
using Omniview.Plugin.Bench.Saves;
using Omniview.Plugin.Bench.Starts;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Bench;

/// <summary>The command line: runs the named scenarios, or all of them, and prints one table for each.</summary>
internal static class BenchCommand
{
    private static readonly IReadOnlyList<IScenario> Scenarios =
    [
        new SaveToReady("save-to-ready", "The sample plugin, backend only.", PluginProject.Sample),
        new SaveToReady(
            "save-to-ready-large",
            "A plugin on the real hashicorp/go-plugin with 200 packages, 100,000 lines.",
            LargePlugin.Write),
        new Resources(),
        new NoOpBuild(),
        new ColdStart(),
        new Parser(),
    ];

    public static RootCommand Create(CancellationToken stop)
    {
        var names = new Argument<string[]>("scenario")
        {
            Description = "Which to run; all when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. Scenarios.Select(scenario => scenario.Name)]);
        var quick = new Option<bool>("--quick") { Description = "Few rounds: to see that it works, not to quote." };
        var save = new Option<bool>("--save")
        {
            Description = $"Write {ResultsFile.Name}; for a full run of all scenarios.",
        };
        var command = new RootCommand(
            "Measures the SDK beside its peers. A number counts only as a ratio: both were taken in the same run, " +
            "in turns.") { names, quick, save };
        command.Validators.Add(result =>
        {
            if (result.GetValue(save) && (result.GetValue(quick) || result.GetValue(names) is { Length: > 0 }))
            {
                result.AddError($"--save replaces {ResultsFile.Name} as a whole: leave out --quick and the names.");
            }
        });
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(names) is { Length: > 0 } chosen
                ? [.. Scenarios.Where(scenario => chosen.Contains(scenario.Name))]
                : Scenarios,
            parsed.GetValue(quick) ? Runner.Quick : Runner.Full,
            parsed.GetValue(save),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<IScenario> scenarios, Runner runner, bool save, CancellationToken stop)
    {
        try
        {
            using var world = World.Create();
            var machine = await Machine.DescribeAsync(world, stop);
            Console.WriteLine(machine);
            var report = new List<string>();
            foreach (var scenario in scenarios)
            {
                var table = Table.Of(scenario, await scenario.MeasureAsync(world, runner, stop));
                Console.WriteLine(table);
                report.Add(table);
            }

            Console.WriteLine(Table.Legend);
            if (save)
            {
                ResultsFile.Write(machine, runner, report);
            }

            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception e) when (e is BenchException or DiagnosticException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
