using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench;

/// <summary>One thing an author waits for, done by this SDK and by its peers.</summary>
internal interface IScenario
{
    /// <summary>As it is named on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured and against whom, for readers of the results.</summary>
    string About { get; }

    /// <summary>Sets the contenders up, measures them in turns, ends everything it started.</summary>
    /// <exception cref="BenchException">A contender failed: no numbers then.</exception>
    Task<IReadOnlyList<Comparison>> MeasureAsync(World world, Runner runner, CancellationToken cancellation);
}
