namespace Omniview.Plugin.Bench.Measuring;

/// <summary>What one contender needed each time, in the order of the rounds.</summary>
internal sealed record Series(string Contender, IReadOnlyList<double> Values);
