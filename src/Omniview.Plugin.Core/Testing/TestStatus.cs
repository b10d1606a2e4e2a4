namespace Omniview.Plugin.Core.Testing;

/// <summary>How a test ended.</summary>
public enum TestStatus
{
    Passed,
    Failed,
    Skipped,
}
