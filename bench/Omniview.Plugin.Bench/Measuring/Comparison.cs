namespace Omniview.Plugin.Bench.Measuring;

/// <summary>One measure of all contenders.</summary>
/// <param name="Measure">What was measured, and the unit.</param>
/// <param name="Ours">This SDK.</param>
/// <param name="Peers">Who it is judged by.</param>
/// <param name="InRounds">Whether values with the same index were taken one right after the other.</param>
internal sealed record Comparison(string Measure, Series Ours, IReadOnlyList<Series> Peers, bool InRounds);
