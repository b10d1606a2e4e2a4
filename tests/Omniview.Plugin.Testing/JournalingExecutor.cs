using Xunit.Sdk;
using Xunit.v3;

namespace Omniview.Plugin.Testing;

/// <summary>Writes down which tests begin and end when the run is under the watchdog.</summary>
internal sealed class JournalingExecutor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
{
    public override async ValueTask RunTestCases(
        IReadOnlyCollection<IXunitTestCase> testCases,
        IMessageSink executionMessageSink,
        ITestFrameworkExecutionOptions executionOptions,
        CancellationToken cancellationToken)
    {
        if (TestJournal.TakeFile() is not { } file)
        {
            await base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken);
            return;
        }

        using var journal = new TestJournal(file, executionMessageSink);
        await base.RunTestCases(testCases, journal, executionOptions, cancellationToken);
    }
}
