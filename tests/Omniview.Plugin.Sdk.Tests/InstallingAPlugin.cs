using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class InstallingAPlugin(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Lays_out_manifest_binary_and_assets_and_touches_nothing_the_second_time()
    {
        CopySample();
        (await BuildAsync("-t:Install")).ShouldSucceed();
        string[] files = ["plugin.yaml", "bin/plugin", "assets/entry.js"];
        var before = Times();

        var (second, log) = await BuildWithLogAsync("-t:Install");

        second.ShouldSucceed();
        Assert.Equal(before, Times());
        Assert.Contains("install: up to date, vite build: up to date", log.Select(happened => happened.Message));
        Assert.StartsWith(
            "System.register(",
            (
                await File.ReadAllTextAsync(
                    Installed("hello-omniview", "assets/entry.js"), TestContext.Current.CancellationToken)
            ).TrimStart(),
            StringComparison.Ordinal);
        Assert.True(File.GetUnixFileMode(Installed("hello-omniview", "bin/plugin")).HasFlag(UnixFileMode.UserExecute));

        List<DateTime> Times() =>
            [.. files.Select(file => File.GetLastWriteTimeUtc(Installed("hello-omniview", file)))];
    }

    [Fact]
    public async Task Follows_the_property_before_the_variable()
    {
        WriteBackendPlugin();
        var elsewhere = Path.Combine(Root, "elsewhere");

        (await BuildAsync("-t:Install", $"-p:OmniviewStateDir={elsewhere}")).ShouldSucceed();

        Assert.True(File.Exists(Path.Combine(elsewhere, "plugins", Id, "bin", "plugin")));
        Assert.False(Directory.Exists(Path.Combine(State, "plugins")));
    }

    [Fact]
    public async Task Needs_no_go_for_a_plugin_with_only_a_ui()
    {
        CopySample();
        Directory.Delete(InProject("pkg"), recursive: true);
        File.Delete(InProject("go.mod"));
        Write("plugin.yaml", "id: ui-only\nversion: 1.0.0\ncapabilities: [ui]\n");

        (await BuildAsync("-t:Install", "-p:GoToolPath=/nowhere")).ShouldSucceed();

        Assert.True(File.Exists(Installed("ui-only", "assets/entry.js")));
        Assert.False(Directory.Exists(Installed("ui-only", "bin")));
    }

    [Fact]
    public async Task Can_be_cleaned_without_losing_what_the_build_did_not_make()
    {
        CopySample();
        (await DotnetAsync("restore")).ShouldSucceed();
        var own = Write("build/notes.txt", "mine");
        var before = FilesOfTheAuthor();
        (await BuildAgainAsync("-t:Install")).ShouldSucceed();

        (await DotnetAsync("clean", "-nologo", "-tl:off")).ShouldSucceed();

        Assert.Equal(before, FilesOfTheAuthor());
        Assert.True(File.Exists(own));
        Assert.False(Directory.Exists(InProject("build/bin")));
        Assert.False(Directory.Exists(InProject("ui/dist")));
        Assert.True(File.Exists(Installed("hello-omniview", "bin/plugin")));

        // obj belongs to restore and MSBuild, node_modules to the package manager: clean leaves both, as it leaves
        // NuGet packages.
        List<string> FilesOfTheAuthor() =>
            [
                .. Directory
                    .EnumerateFiles(Project, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(Project, file))
                    .Where(file =>
                        !file.StartsWith("obj/", StringComparison.Ordinal)
                        && !file.Contains("node_modules", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
    }
}
