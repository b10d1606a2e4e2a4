using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench.Micro;

/// <summary>
/// What a save costs in this process: reading what Go says, and telling whether files have changed. By BenchmarkDotNet.
/// </summary>
internal sealed class Parser : IScenario
{
    public string Name => "parser";

    public string About =>
        "Inside the engine: 10,000 lines of Go output to diagnostics, against one expression that only finds " +
        "positions; "
        + "a saved 16 KB source hashed, against reading it; an unchanged 26 MB binary compared, against copying it.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(
        World world, Runner runner, CancellationToken cancellation)
    {
        var iterations = runner.Rounds;
        // In this process: nothing is generated and built, and nothing is left to end if the run is cancelled.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(iterations);
        IConfig Config(ILogger logger) =>
            ManualConfig.CreateEmpty().AddJob(job).AddLogger(logger).WithArtifactsPath(world.Folder("benchmarkdotnet"));

        Comparison Run<T>(string measure)
        {
            var log = new AccumulationLogger();
            var summary = BenchmarkRunner.Run<T>(Config(log));
            if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
            {
                throw new BenchException($"BenchmarkDotNet could not measure {typeof(T).Name}:\n{log.GetLog()}");
            }

            var series = summary.Reports.Select(SeriesOf).ToList();
            return new Comparison($"{measure}, ms", series[0], series[1..], InRounds: false);
        }

        return await Task.Run(() => new[]
        {
            Run<GoOutputBenchmarks>("10,000 lines of Go"),
            Run<SourceHashBenchmarks>("changed? 16 KB"),
            Run<TransferBenchmarks>("changed? 26 MB"),
        }, cancellation).WaitAsync(cancellation);
    }

    private static Series SeriesOf(BenchmarkReport report) =>
        new(
            report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            [
                .. report
                    .AllMeasurements.Where(one => one.Is(IterationMode.Workload, IterationStage.Result))
                    .Select(one => one.Nanoseconds / one.Operations / 1e6),
            ]);
}
