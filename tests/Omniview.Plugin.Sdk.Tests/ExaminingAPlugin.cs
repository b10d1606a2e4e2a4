using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class ExaminingAPlugin(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Makes_errors_and_warnings_of_what_is_found_with_the_projects_properties()
    {
        WriteBackendPlugin("<PropertyGroup><GoToolPath>/no/such/go</GoToolPath></PropertyGroup>");
        File.SetUnixFileMode(State, File.GetUnixFileMode(State) | UnixFileMode.OtherWrite);

        var result = (await BuildAsync("-t:Doctor")).ShouldFail();

        Assert.Contains("error OVP2001: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{State} : warning OVP6005: Others may write in {State}", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(InProject("build")), "something was built");

        WriteBackendPlugin("<PropertyGroup><NoWarn>$(NoWarn);OVP6005;OVP6006</NoWarn></PropertyGroup>");
        var silenced = (await BuildAgainAsync("-t:Doctor")).ShouldSucceed();
        Assert.DoesNotContain("warning OVP", silenced.Output, StringComparison.Ordinal);
        Assert.Contains("plugin.yaml: my-plugin 1.2.3", silenced.Output, StringComparison.Ordinal);
    }
}
