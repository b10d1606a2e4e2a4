namespace Omniview.Plugin.Core.Testing;

/// <summary>One test that was run.</summary>
/// <param name="Suite">What it belongs to: the import path of its package, or <c>ui</c>.</param>
/// <param name="Name">Its name, e.g. <c>TestGreet/empty</c>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Duration">As its runner says.</param>
/// <param name="Output">What it printed, if it is kept; empty for one that passed.</param>
internal sealed record TestOutcome(string Suite, string Name, TestStatus Status, TimeSpan Duration, string Output);
