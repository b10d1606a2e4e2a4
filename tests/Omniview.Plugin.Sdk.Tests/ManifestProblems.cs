using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>Every rule has its test beside the reader; these show that its diagnostics reach the error list.</summary>
public sealed class ManifestProblems(PackageCache packages) : PluginScratch(packages)
{
    [Theory]
    [InlineData("version: 1.0.0\ncapabilities: [resource]\n", "(1,1): error OVP1007: ")]
    [InlineData("id: ../evil\nversion: 1.0.0\ncapabilities: [resource]\n", "(1,5): error OVP1008: ")]
    [InlineData("id: a\nversion: 1.0.0\nid: b\ncapabilities: [resource]\n", "(3,1): error OVP1006: ")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: [resource\n", "error OVP1005: ")]
    public async Task Are_errors_at_their_place_and_nothing_is_built(string manifest, string expected)
    {
        WriteBackendPlugin();
        var file = Write("plugin.yaml", manifest);

        var result = (await BuildAsync("-clp:NoSummary")).ShouldFail();

        Assert.Contains(
            result.Lines,
            line => line.StartsWith(file, StringComparison.Ordinal) && line.Contains(expected, StringComparison.Ordinal)
        );
        Assert.False(File.Exists(InProject("build/bin/plugin")));
    }

    [Fact]
    public async Task Of_a_lesser_kind_are_warnings_that_can_be_silenced()
    {
        WriteBackendPlugin();
        var file = Write("plugin.yaml", "id: my-plugin\nversion: 1.0.0\ncapabilities: [resource, teleport]\n");

        var result = (await BuildAsync("-clp:NoSummary")).ShouldSucceed();
        var silenced = (await BuildAgainAsync("-clp:NoSummary", "-p:MSBuildWarningsAsMessages=OVP1011"))
            .ShouldSucceed();

        Assert.Contains(
            result.Lines, line => line.Trim().StartsWith($"{file}(3,26): warning OVP1011: ", StringComparison.Ordinal));
        Assert.DoesNotContain("OVP1011", silenced.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:TreatWarningsAsErrors=true")]
    [InlineData("-p:WarningsAsErrors=OVP1011")]
    public async Task Of_a_lesser_kind_can_be_made_errors(string property)
    {
        WriteBackendPlugin();
        Write("plugin.yaml", "id: my-plugin\nversion: 1.0.0\ncapabilities: [resource, teleport]\n");

        Assert.Contains("error OVP1011: ", (await BuildAsync(property)).ShouldFail().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Include_a_property_that_says_something_else()
    {
        WriteBackendPlugin("<PropertyGroup><OmniviewPluginId>another</OmniviewPluginId></PropertyGroup>");

        Assert.Contains(
            "error OVP1015: ", (await BuildAsync("-clp:NoSummary")).ShouldFail().Output, StringComparison.Ordinal);
    }
}
