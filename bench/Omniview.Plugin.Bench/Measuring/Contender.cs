namespace Omniview.Plugin.Bench.Measuring;

/// <summary>Someone who does the job that is measured.</summary>
/// <param name="MeasureAsync">Does it once, from a state at rest to a state at rest.</param>
internal sealed record Contender(string Name, Func<CancellationToken, Task<IReadOnlyList<Reading>>> MeasureAsync);
