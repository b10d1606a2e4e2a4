namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>doctor</c> answers.</summary>
/// <param name="Facts">What is as it should be, for people.</param>
/// <param name="Findings">What is not, the worst first.</param>
internal sealed record DoctorResult(IReadOnlyList<string> Facts, IReadOnlyList<DoctorFinding> Findings);
