using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Omniview.Plugin.Testing;

/// <summary>
/// Leaves out the tests that do not run on this system, and gives the default limit to each that names none. xunit then
/// runs the test, with its constructor and its disposal, on the thread pool and stops waiting for it at the limit,
/// whatever the test does (3.2.2, XunitTestRunnerBase).
/// </summary>
internal sealed class LimitedDiscoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
{
    protected override ValueTask<bool> FindTestsForMethod(
        IXunitTestMethod testMethod,
        ITestFrameworkDiscoveryOptions discoveryOptions,
        Func<ITestCase, ValueTask<bool>> discoveryCallback)
    {
        var elsewhere = testMethod.Method.GetCustomAttributes<WhereAttribute>()
            .Concat(testMethod.TestClass.Class.GetCustomAttributes<WhereAttribute>())
            .FirstOrDefault(where => !where.System.IsHere);
        foreach (var fact in testMethod.FactAttributes.OfType<FactAttribute>())
        {
            fact.Timeout = fact.Timeout == 0 ? Limits.TestMilliseconds : fact.Timeout;
            fact.Skip ??= elsewhere is null ? null : $"{elsewhere.System.Where}: {elsewhere.Because}";
        }

        return base.FindTestsForMethod(testMethod, discoveryOptions, discoveryCallback);
    }
}
