namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What was saved since the last build began.</summary>
/// <param name="Last">When something was saved last.</param>
/// <param name="IsBurst">More is likely to come: a build was interrupted by it, or a file is not all there yet.</param>
/// <param name="DetectMs">How long the first of it took from its save to its notice; null when that is not
/// known.</param>
internal sealed record Changes(Moment Last, bool IsBurst, double? DetectMs);
