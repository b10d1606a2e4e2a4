using Xunit.Sdk;
using Xunit.v3;

namespace Omniview.Plugin.Testing;

/// <summary>
/// Gives the default limit to each test that names none. xunit then runs the test, with its constructor and its
/// disposal, on the thread pool and stops waiting for it at the limit, whatever the test does (3.2.2,
/// XunitTestRunnerBase).
/// </summary>
internal sealed class LimitedDiscoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
{
    protected override ValueTask<bool> FindTestsForMethod(
        IXunitTestMethod testMethod,
        ITestFrameworkDiscoveryOptions discoveryOptions,
        Func<ITestCase, ValueTask<bool>> discoveryCallback)
    {
        foreach (var fact in testMethod.FactAttributes.OfType<FactAttribute>().Where(fact => fact.Timeout == 0))
        {
            fact.Timeout = Limits.TestMilliseconds;
        }

        return base.FindTestsForMethod(testMethod, discoveryOptions, discoveryCallback);
    }
}
