using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class ExtendingTheBuild(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Runs_the_authors_targets_around_each_step_in_order()
    {
        WriteBackendPlugin("""
            <PropertyGroup><GoBuildDependsOn>First</GoBuildDependsOn></PropertyGroup>
            <Target Name="First"><Message Importance="High" Text="step 1" /></Target>
            <Target Name="Second" BeforeTargets="BeforeGoBuild">
              <Message Importance="High" Text="step 2 $(OmniviewHasBackend)" />
            </Target>
            <Target Name="Third" AfterTargets="AfterGoBuild">
              <Message Importance="High" Text="step 3 $([System.IO.File]::Exists('$(GoOutput)'))" />
            </Target>
            <Target Name="Fourth" BeforeTargets="BeforeInstall"><Message Importance="High" Text="step 4" /></Target>
            <Target Name="Fifth" AfterTargets="AfterInstall">
              <Message Importance="High" Text="step 5 $(OmniviewPluginVersion)" />
            </Target>
            """);

        var result = (await BuildAsync("-t:Install")).ShouldSucceed();

        Assert.Equal(
            ["step 1", "step 2 True", "step 3 True", "step 4", "step 5 1.2.3"],
            result.Lines.Select(line => line.Trim()).Where(line => line.StartsWith("step ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Runs_the_authors_targets_around_the_other_verbs_too()
    {
        string[] steps = ["RestorePlugin", "Test", "GoTest", "Publish", "Pack"];
        WriteBackendPlugin(string.Concat(steps.Select(step => $"""
            <PropertyGroup><{step}DependsOn>_{step}</{step}DependsOn></PropertyGroup>
            <Target Name="_{step}"><Message Importance="High" Text="step {step} 1" /></Target>
            <Target Name="_Before{step}" BeforeTargets="Before{step}">
              <Message Importance="High" Text="step {step} 2" />
            </Target>
            <Target Name="_After{step}" AfterTargets="After{step}">
              <Message Importance="High" Text="step {step} 3" />
            </Target>
            """)));

        var restore = (await DotnetAsync("restore", "-tl:off")).ShouldSucceed();
        var others = (await DotnetAsync("msbuild", "-nologo", "-tl:off", "-t:VSTest;Publish;Pack")).ShouldSucceed();

        Assert.Equal(["RestorePlugin 1", "RestorePlugin 2", "RestorePlugin 3"], Steps(restore));
        Assert.Equal(
            [
                "Test 1",
                "Test 2",
                "GoTest 1",
                "GoTest 2",
                "GoTest 3",
                "Test 3",
                "Publish 1",
                "Publish 2",
                "Publish 3",
                "Pack 1",
                "Pack 2",
                "Pack 3",
            ],
            Steps(others));

        static IEnumerable<string> Steps(Result result) =>
            result.Lines.Select(line => line.Trim()).Where(line => line.StartsWith("step ", StringComparison.Ordinal))
            .Select(line => line[5..]);
    }

    [Fact]
    public async Task Hands_experiment_cgo_flags_and_workspace_to_go_in_builds_and_in_the_dev_loop()
    {
        WriteBackendPlugin("""
            <PropertyGroup><GoWork>../work/go.work</GoWork></PropertyGroup>
            <ItemGroup>
              <GoEnvironment Include="GOEXPERIMENT=fieldtrack;CGO_ENABLED=0;GOFLAGS=-tags=flagged" />
            </ItemGroup>
            """);
        Write("../work/go.work", "go 1.25\n\nuse (\n\t../plugin\n\t../beside\n)\n"); // where go itself would not look
        Write("../beside/go.mod", "module example.com/beside\n\ngo 1.25\n");
        Write("../beside/b.go", "package beside\n\nconst Word = \"workspace\"\n");
        Write(
            "pkg/greeting.go", "//go:build goexperiment.fieldtrack && !cgo && flagged\n\npackage main\n\nimport " +
            "\"example.com/beside\"\n\nfunc greeting() string { return \"all of it, and the \" + beside.Word }\n");

        (await BuildAsync()).ShouldSucceed();
        var built = await RunAsync(InProject("build/bin/plugin"));
        var served = (await BuildAgainAsync("-t:DevServer")).ShouldFail(); // it is built, and is no plugin
        (await BuildAgainAsync("-t:StopDev")).ShouldSucceed();

        Assert.Equal("all of it, and the workspace\n", built.Output);
        Assert.Contains("error OVP3007", served.Output, StringComparison.Ordinal);
        Assert.Contains("all of it, and the workspace", served.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fits_into_a_repository_of_dotnet_projects()
    {
        WriteBackendPlugin("""<Target Name="FromTheProject" Returns="$(Stamp)" />""");
        Write("Directory.Build.props", "<Project><PropertyGroup><Stamp>props</Stamp></PropertyGroup></Project>");
        Write(
            "Directory.Build.targets", "<Project><PropertyGroup><GoLdFlags>-X " +
            "main.stamp=$(Stamp)</GoLdFlags></PropertyGroup><ItemGroup><Kept Include=\"x\" /></ItemGroup></Project>");
        Write(
            "Directory.Packages.props",
            "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>"
                + "</PropertyGroup></Project>");
        Write("pkg/greeting.go", "package main\n\nvar stamp = \"\"\n\nfunc greeting() string { return stamp }\n");

        var asked = (
            await BuildAsync(
                "-t:Rebuild;FromTheProject",
                "-graph",
                "-m",
                "-check",
                "-warnaserror",
                "-getProperty:OmniviewHasBackend",
                "-getItem:Kept",
                "-getTargetResult:FromTheProject")
        ).ShouldSucceed();

        using var answer = System.Text.Json.JsonDocument.Parse(asked.Output);
        Assert.Equal(
            "True", answer.RootElement.GetProperty("Properties").GetProperty("OmniviewHasBackend").GetString());
        Assert.Equal(
            "x", answer.RootElement.GetProperty("Items").GetProperty("Kept")[0].GetProperty("Identity").GetString());
        Assert.Equal(
            "props",
            answer
                .RootElement.GetProperty("TargetResults")
                .GetProperty("FromTheProject")
                .GetProperty("Items")[0]
                .GetProperty("Identity")
                .GetString());
        Assert.Equal("props\n", (await RunAsync(InProject("build/bin/plugin"))).Output);
    }

    [Theory]
    [InlineData("PublishAot", "true", "false")]
    [InlineData("PublishTrimmed", "true", "false")]
    [InlineData("PublishSingleFile", "true", "false")]
    [InlineData("IsTrimmable", "true", "false")]
    [InlineData("IsAotCompatible", "true", "false")]
    [InlineData("UseMaui", "true", "false")]
    [InlineData("SelfContained", "true", "false")]
    [InlineData("TargetFramework", "net48", "netstandard2.0")]
    [InlineData("TargetFramework", "net10.0-android", "netstandard2.0")]
    [InlineData("TargetFrameworks", "net8.0;net10.0", "")]
    public void What_is_said_for_apps_has_no_effect(string property, string value, string effective)
    {
        WriteBackendPlugin();
        Write(
            "Directory.Build.props",
            $"<Project><PropertyGroup><{property}>{value}</{property}></PropertyGroup></Project>");

        Assert.Equal(effective, Evaluate().Property(property));
    }

    [Fact]
    public async Task Honours_the_authors_output_folder()
    {
        WriteBackendPlugin();
        Write(
            "Directory.Build.props", "<Project><PropertyGroup><OutputPath>out/</OutputPath></PropertyGroup></Project>");

        (await BuildAsync()).ShouldSucceed();

        Assert.True(File.Exists(InProject("out/bin/plugin")));
    }

    [Fact]
    public async Task Honours_the_artifacts_folder()
    {
        WriteBackendPlugin();
        Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");

        (await BuildAsync()).ShouldSucceed();

        Assert.True(File.Exists(InProject("artifacts/bin/My.Plugin/debug/bin/plugin")));
    }
}
