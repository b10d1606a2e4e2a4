using System.Reflection;
using Xunit.v3;

namespace Omniview.Plugin.Testing;

/// <summary>xunit's own, but each test has a limit and the journal tells which are under way.</summary>
public sealed class LimitedTestFramework : XunitTestFramework
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) =>
        new LimitedDiscoverer(TestAssembly(assembly));

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new JournalingExecutor(TestAssembly(assembly));

    private static XunitTestAssembly TestAssembly(Assembly assembly) =>
        new(assembly, configFileName: null, assembly.GetName().Version);
}
