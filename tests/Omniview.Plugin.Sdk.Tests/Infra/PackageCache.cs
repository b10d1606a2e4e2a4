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
    /// <summary>Where the dotnet command looks for installed templates, instead of the user's home.</summary>
    public const string TemplatesVariable = "DOTNET_CLI_HOME";

    private const string Variable = "NUGET_PACKAGES";
    private readonly Lock _lock = new();
    private Task<string>? _templates;

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
        var project = System.IO.Path.Combine(Path, "unpack.proj");
        await File.WriteAllTextAsync(
            project, $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}" />""");
        Environment.SetEnvironmentVariable(Variable, Path); // of this process, which evaluates projects, too
        Assert.True(File.Exists(Evaluation.Of(project).Property("OmniviewDevHost")));
    }

    /// <summary>The folder for <see cref="TemplatesVariable"/>, with the packed templates installed, once.</summary>
    public Task<string> InstallTemplatesAsync()
    {
        lock (_lock)
        {
            return _templates ??= InstallAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> InstallAsync()
    {
        var home = Directory.CreateDirectory(System.IO.Path.Combine(Path, "home")).FullName;
        var info = new ProcessStartInfo(
            "dotnet",
            [
                "new", "install",
                Directory.EnumerateFiles(Repository.Packages, "Omniview.Plugin.Templates.*.nupkg").Single(),
            ])
        {
            WorkingDirectory = Path,
            Environment = { [TemplatesVariable] = home },
        };
        foreach (var name in Evaluation.Variables)
        {
            info.Environment.Remove(name);
        }

        using var shell = new Shell(info);
        Assert.True(await shell.ExitAsync() == 0, shell.Text);
        return home;
    }
}
