using System.Diagnostics;
using Omniview.Plugin.Sdk.Tests.Infra;

[assembly: AssemblyFixture(typeof(PackageCache))]

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// The NuGet folder of one test run, with the SDK package in it. The package is packed under the same version again and
/// again, so the user's own folder would keep an old one. It is unpacked once, before the first test: NuGet guards
/// against two at a time with a lock in the temporary folder, and each test has one of its own.
/// </summary>
public sealed class PackageCache : IAsyncLifetime
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ovp-nuget-").FullName;

    /// <summary>Only the folder feed, so nothing else can be needed to restore.</summary>
    public static string NuGetConfig { get; } = $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="local" value="{Repository.Packages}" />
          </packageSources>
        </configuration>
        """;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "nuget.config"), NuGetConfig);
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(Path, "unpack.proj"),
            $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}" />""");
        using var shell = new Shell(
            new ProcessStartInfo("dotnet", ["msbuild", "-nologo", "-getProperty:OmniviewDevHost"])
            {
                WorkingDirectory = Path,
                Environment = { ["NUGET_PACKAGES"] = Path },
            });
        Assert.True(await shell.ExitAsync() == 0, shell.Text);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
