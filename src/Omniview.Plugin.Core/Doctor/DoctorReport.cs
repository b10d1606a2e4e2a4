namespace Omniview.Plugin.Core.Doctor;

/// <summary>What the doctor saw.</summary>
/// <param name="Facts">What was looked at and is as it should be, a line each: tools with their versions, ports,
/// folders.</param>
/// <param name="Findings">What is not, the worst first.</param>
internal sealed record DoctorReport(IReadOnlyList<string> Facts, IReadOnlyList<Finding> Findings);
