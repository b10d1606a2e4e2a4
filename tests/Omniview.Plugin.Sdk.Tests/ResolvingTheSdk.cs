using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class ResolvingTheSdk(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Works_with_the_version_in_the_project_file_and_nothing_but_the_folder_feed()
    {
        WriteBackendPlugin();

        (await BuildAsync()).ShouldSucceed();

        Assert.True(File.Exists(InProject("build/bin/plugin")));
    }

    [Fact]
    public async Task Works_with_the_version_in_global_json()
    {
        WriteBackendPlugin();
        Write("My.Plugin.csproj", """<Project Sdk="Omniview.Plugin.Sdk" />""");
        Write("global.json", $$"""{ "msbuild-sdks": { "Omniview.Plugin.Sdk": "{{Repository.SdkVersion}}" } }""");

        (await BuildAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task Runs_machine_code_where_the_package_has_it_for_this_system_and_IL_everywhere_else()
    {
        WriteBackendPlugin();

        var here = Evaluate().Property("OmniviewTasksAssembly");
        var elsewhere = (await BuildAsync(
            "-t:Build", "-getProperty:OmniviewTasksAssembly", "-p:NETCoreSdkPortableRuntimeIdentifier=freebsd-riscv64"))
            .ShouldSucceed().Output;

        Assert.Contains($"/{RuntimeInformation.RuntimeIdentifier}/tasks/", here, StringComparison.Ordinal);
        Assert.Contains("/any/tasks/", elsewhere, StringComparison.Ordinal);
        Assert.True(File.Exists(InProject("build/bin/plugin")));
    }

    [Theory]
    [InlineData("any", (int)Machine.I386)] // what the compiler writes for "any processor"
    // the system is in it, too: docs/design/coreclr/botr/readytorun-format.md of dotnet/runtime
    [InlineData("linux-x64", (int)Machine.Amd64 ^ 0x7B79)]
    [InlineData("win-x64", (int)Machine.Amd64)]
    public void Has_assemblies_that_are_for_the_system_of_their_folder(string system, int machine)
    {
        using var package = ZipFile.OpenRead(Path.Combine(
            Repository.Packages, $"Omniview.Plugin.Sdk.{Repository.SdkVersion}.nupkg"));

        Assert.All(
            ["tasks/Omniview.Plugin.Tasks.dll", "tasks/Omniview.Plugin.Core.dll", "dev-host/omniview-plugin-dev.dll"],
            name =>
            {
                using var entry = package.GetEntry($"tools/net10.0/{system}/{name}")!.Open();
                var bytes = new MemoryStream();
                entry.CopyTo(bytes);
                bytes.Position = 0;
                using var assembly = new PEReader(bytes);
                Assert.Equal(machine, (int)assembly.PEHeaders.CoffHeader.Machine);
            });
        using var settings = new StreamReader(
            package.GetEntry($"tools/net10.0/{system}/dev-host/omniview-plugin-dev.runtimeconfig.json")!.Open());
        // the default of web projects: a heap per processor
        Assert.Contains("\"System.GC.Server\": false", settings.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proj")]
    [InlineData("omniproj")]
    public async Task Works_with_other_project_extensions(string extension)
    {
        WriteBackendPlugin();
        File.Move(ProjectFile, InProject($"My.Plugin.{extension}"));

        (await BuildAsync($"My.Plugin.{extension}")).ShouldSucceed();
    }

    [Fact]
    public void Says_what_the_manifest_says_without_running_a_target()
    {
        WriteBackendPlugin();
        Write(
            "plugin.yaml", "# my plugin\r\nid: 'my-plugin' # quoted\r\nname: A Name\r\nversion: " +
            "\"1.10\"\r\ncapabilities: [resource]\r\n");

        AssertVersions("1.10", "1.10");
    }

    [Fact]
    public async Task Is_not_confused_by_anything_else_in_the_manifest()
    {
        WriteBackendPlugin();
        Write("plugin.yaml", """
            name: "it's 50%20 $(HOME) @(Compile) 'quoted', (half"
            description: |
              id: not-this
              version: 9.9.9
            author: { id: nor-this }
            id: my-plugin
            version: 1.0 or so; maybe
            capabilities: [resource]
            """);

        AssertVersions("1.0 or so; maybe", "1.0.0");
        var build = (await BuildAsync("-clp:NoSummary")).ShouldSucceed();

        Assert.Contains("(7,10): warning OVP1016: ", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_no_dll_and_no_csharp_warning()
    {
        WriteBackendPlugin();

        var result = (await BuildAsync("-warnaserror")).ShouldSucceed();

        Assert.DoesNotContain(
            "warning",
            result.Output.Replace("0 Warning(s)", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFiles(Project, "*.dll", SearchOption.AllDirectories));
    }

    private void AssertVersions(string plugin, string project)
    {
        var evaluated = Evaluate();
        Assert.Equal(
            ("my-plugin", plugin, project),
            (
                evaluated.Property("OmniviewPluginId"),
                evaluated.Property("OmniviewPluginVersion"),
                evaluated.Property("Version")));
    }
}
