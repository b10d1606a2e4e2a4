namespace Omniview.Plugin.Core.Testing;

/// <summary>How a test ended.</summary>
internal enum TestStatus
{
    Passed,
    Failed,
    Skipped,
}
