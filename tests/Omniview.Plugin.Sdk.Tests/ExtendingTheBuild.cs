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
            <Target Name="Second" BeforeTargets="BeforeGoBuild"><Message Importance="High" Text="step 2 $(OmniviewHasBackend)" /></Target>
            <Target Name="Third" AfterTargets="AfterGoBuild"><Message Importance="High" Text="step 3 $([System.IO.File]::Exists('$(GoOutput)'))" /></Target>
            <Target Name="Fourth" BeforeTargets="BeforeInstall"><Message Importance="High" Text="step 4" /></Target>
            <Target Name="Fifth" AfterTargets="AfterInstall"><Message Importance="High" Text="step 5 $(OmniviewPluginVersion)" /></Target>
            """);

        var result = (await BuildAsync("-t:Install")).ShouldSucceed();

        Assert.Equal(
            ["step 1", "step 2 True", "step 3 True", "step 4", "step 5 1.2.3"],
            result.Lines.Select(line => line.Trim()).Where(line => line.StartsWith("step ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Honours_the_authors_output_folder()
    {
        WriteBackendPlugin();
        Write("Directory.Build.props", "<Project><PropertyGroup><OutputPath>out/</OutputPath></PropertyGroup></Project>");

        (await BuildAsync()).ShouldSucceed();

        Assert.True(File.Exists(InProject("out/bin/plugin")));
    }

    [Fact]
    public async Task Honours_the_artifacts_folder()
    {
        WriteBackendPlugin();
        Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");

        (await BuildAsync()).ShouldSucceed();

        Assert.True(File.Exists(InProject("artifacts/bin/My.Plugin/debug/bin/plugin")));
    }
}
