using Omniview.Plugin.Sdk.Tests.Infra;

[assembly: AssemblyFixture(typeof(PackageCache))]

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// The NuGet folder of one test run. The package is packed under the same version again and again, so the user's own
/// folder would keep an old one.
/// </summary>
public sealed class PackageCache : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ovp-nuget-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
