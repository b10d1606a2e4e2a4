using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Testing;

namespace Omniview.Plugin.Core.Go.Testing;

/// <summary>How a run of tests ended.</summary>
/// <param name="Success">Whether go said so.</param>
/// <param name="Tests">
/// The tests that ran. One with subtests is not named beside them, unless it failed and none of them did. A package
/// that could not be built has none.
/// </param>
/// <param name="Diagnostics">At least one error when it failed; no error when it succeeded.</param>
internal sealed record GoTestResult(
    bool Success, IReadOnlyList<TestOutcome> Tests, IReadOnlyList<Diagnostic> Diagnostics)
{
    public int Passed => Tests.Count(test => test.Status == TestStatus.Passed);

    public int Failed => Tests.Count(test => test.Status == TestStatus.Failed);

    public int Skipped => Tests.Count(test => test.Status == TestStatus.Skipped);
}
