using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go;

/// <summary>How a run of tests ended.</summary>
/// <param name="Success">Whether go said so.</param>
/// <param name="Passed">Tests that passed. A test with subtests is not counted beside them, unless it failed and none of them did.</param>
/// <param name="Failed">Tests that failed. A package that could not be built has none.</param>
/// <param name="Skipped">Tests that skipped themselves.</param>
/// <param name="Diagnostics">At least one error when it failed; no error when it succeeded.</param>
public sealed record GoTestResult(bool Success, int Passed, int Failed, int Skipped, IReadOnlyList<Diagnostic> Diagnostics);
