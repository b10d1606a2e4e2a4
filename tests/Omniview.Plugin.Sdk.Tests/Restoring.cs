using System.IO.Compression;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class Restoring(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Fetches_Go_modules_and_starts_no_tool_when_nothing_changed()
    {
        WriteBackendPlugin();
        RequireModule();
        (await DotnetAsync("restore")).ShouldSucceed();
        Environment["GOPROXY"] = "off";

        (await DotnetAsync("restore", "-p:GoToolPath=/nowhere")).ShouldSucceed(); // so nothing is started
        (await BuildAsync("-p:GoBuildArguments=-mod=mod", "--no-restore")).ShouldSucceed();

        Assert.Equal("dep\n", (await RunAsync(InProject("build/bin/plugin"))).Output);
    }

    [Theory]
    [InlineData("RestoreUseStaticGraphEvaluation", "true")] // NuGet then calls other targets
    [InlineData("EnableDefaultCompileItems", "false")] // what the dotnet command gives to the restore of a build
    public async Task Fetches_whatever_a_repository_says_of_its_restores(string property, string value)
    {
        WriteBackendPlugin();
        RequireModule();
        Write(
            "Directory.Build.props",
            $"<Project><PropertyGroup><{property}>{value}</{property}></PropertyGroup></Project>");

        (await DotnetAsync("restore")).ShouldSucceed();
        Environment["GOPROXY"] = "off";

        (await BuildAsync("-p:GoBuildArguments=-mod=mod", "--no-restore")).ShouldSucceed();
    }

    [Theory]
    [InlineData("plugin.yaml", true)]
    [InlineData("plugin.yaml", false)]
    public async Task Needs_no_sources_as_in_a_layer_of_an_image(string manifest, bool isThere)
    {
        WriteBackendPlugin();
        RequireModule();
        Directory.Move(InProject("pkg"), Path.Combine(Root, "pkg"));
        File.Move(InProject(manifest), isThere ? InProject(manifest) : Path.Combine(Root, manifest));

        (await DotnetAsync("restore")).ShouldSucceed();
        Directory.Move(Path.Combine(Root, "pkg"), InProject("pkg"));
        File.Move(isThere ? InProject(manifest) : Path.Combine(Root, manifest), InProject(manifest));
        Environment["GOPROXY"] = "off";

        (await BuildAsync("-p:GoBuildArguments=-mod=mod", "--no-restore")).ShouldSucceed();
    }

    [Fact]
    public async Task Takes_only_what_is_committed_in_locked_mode()
    {
        WriteBackendPlugin();
        RequireModule();

        var locked = (await DotnetAsync("restore", "--locked-mode")).ShouldFail();
        var missing = File.Exists(InProject("go.sum"));
        Environment["CI"] = "true";
        (await DotnetAsync("restore")).ShouldFail();
        Environment["CI"] = null;
        (await DotnetAsync("restore")).ShouldSucceed();
        (await DotnetAsync("restore", "--locked-mode")).ShouldSucceed();

        Assert.Contains("error OVP1023: go.sum does not have all", locked.Output, StringComparison.Ordinal);
        Assert.False(missing);
    }

    [Fact]
    public async Task Says_which_module_can_not_be_fetched_and_leaves_it_to_the_build_otherwise()
    {
        WriteBackendPlugin();
        RequireModule();
        Environment["GOPROXY"] = "off";
        File.Delete(InProject("pkg/dep.go"));
        Write("pkg/greeting.go", "package main\n\nfunc greeting() string { return \"no need of it\" }\n");

        var restore = (await DotnetAsync("restore")).ShouldFail();

        Assert.Contains("error GO2003: ", restore.Output, StringComparison.Ordinal);
        Assert.Contains("example.org/dep", restore.Output, StringComparison.Ordinal);
        (await BuildAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task Installs_the_UIs_packages_and_not_again()
    {
        Write("plugin.yaml", "id: ui-only\nversion: 1.0.0\ncapabilities: [ui]\n");
        WriteProject("");
        Write("ui/vite.config.ts", "export default {};\n");
        Write(
            "ui/package.json",
            """
            {
              "name": "ui", "private": true,
              "scripts": { "postinstall": "node -e \"require('fs').appendFileSync('installed', 'x')\"" }
            }
            """);

        var locked = (await DotnetAsync("restore", "--locked-mode")).ShouldFail();
        (await DotnetAsync("restore")).ShouldSucceed();
        (await DotnetAsync("restore", "--locked-mode", "-p:GoToolPath=/nowhere")).ShouldSucceed();

        Assert.Contains("error OVP5001: A frozen install needs a lock file", locked.Output, StringComparison.Ordinal);
        Assert.Equal(
            "x", await File.ReadAllTextAsync(InProject("ui/installed"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Asks_for_no_go_when_nothing_is_required_or_the_manifest_is_broken()
    {
        WriteBackendPlugin();
        (await DotnetAsync("restore", "-p:GoToolPath=/nowhere")).ShouldSucceed();

        RequireModule();
        Write("plugin.yaml", "id: [");

        (await DotnetAsync("restore", "-p:GoToolPath=/nowhere")).ShouldSucceed();
    }

    /// <summary>A module only a proxy in a folder has.</summary>
    private void RequireModule()
    {
        var versions = Path.Combine(Root, "proxy", "example.org", "dep", "@v");
        Directory.CreateDirectory(versions);
        File.WriteAllText(Path.Combine(versions, "list"), "v1.0.0\n");
        File.WriteAllText(Path.Combine(versions, "v1.0.0.info"), """{ "Version": "v1.0.0" }""");
        File.WriteAllText(Path.Combine(versions, "v1.0.0.mod"), "module example.org/dep\n");
        using (var zip = ZipFile.Open(Path.Combine(versions, "v1.0.0.zip"), ZipArchiveMode.Create))
        {
            foreach (
                var (name, text) in new[] { ("go.mod", "module example.org/dep\n"), ("dep.go", "package dep\n\nfunc " +
                    "Word() string { return \"dep\" }\n") })
            {
                using var entry = new StreamWriter(zip.CreateEntry($"example.org/dep@v1.0.0/{name}").Open());
                entry.Write(text);
            }
        }

        Environment["GOPROXY"] = $"file://{Root}/proxy";
        Environment["GOSUMDB"] = "off";
        Environment["GOFLAGS"] = "-modcacherw"; // else the test could not delete it
        File.AppendAllText(InProject("go.mod"), "\nrequire example.org/dep v1.0.0\n");
        Write("pkg/dep.go", "package main\n\nimport \"example.org/dep\"\n\nfunc word() string { return dep.Word() }\n");
        Write("pkg/greeting.go", "package main\n\nfunc greeting() string { return word() }\n");
    }
}
