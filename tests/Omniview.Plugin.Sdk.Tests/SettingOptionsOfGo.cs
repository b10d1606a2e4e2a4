using System.Text.Json;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>What the author sets comes to go as it was written.</summary>
public sealed class SettingOptionsOfGo(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Hands_tags_linker_flags_and_environment_to_go()
    {
        WriteBackendPlugin("""
            <PropertyGroup><GoTags>fancy</GoTags><GoLdFlags>-X main.stamp=stamped</GoLdFlags></PropertyGroup>
            <ItemGroup><GoEnvironment Include="CGO_ENABLED=0" /></ItemGroup>
            """);
        Write(
            "pkg/greeting.go", "//go:build fancy && !cgo\n\npackage main\n\nvar stamp = \"\"\n\nfunc greeting() " +
            "string { return stamp }\n");

        (await BuildAsync()).ShouldSucceed();

        Assert.Equal("stamped\n", (await RunAsync(InProject("build/bin/plugin"))).Output);
    }

    [Fact]
    public async Task Hands_values_over_whole_and_as_the_last_hook_left_them()
    {
        WriteBackendPlugin("""
            <PropertyGroup>
              <GoLdFlags>-X 'main.stamp=a;b%3Bc 100%25 "d"'</GoLdFlags>
              <GoBuildArguments>-installsuffix=e%3Bf; -pgo=off</GoBuildArguments>
            </PropertyGroup>
            <Target Name="Before" BeforeTargets="BeforeGoBuild">
              <PropertyGroup><GoTags>fancy</GoTags></PropertyGroup>
            </Target>
            <Target Name="After" AfterTargets="AfterGoBuild">
              <PropertyGroup><GoTags>plain;other</GoTags></PropertyGroup>
            </Target>
            """);
        Write(
            "pkg/greeting.go",
            "//go:build fancy\n\npackage main\n\nvar stamp = \"\"\n\nfunc greeting() string { return stamp }\n");

        (await BuildAsync("-t:GoBuild;StopDev")).ShouldSucceed();

        Assert.Equal("a;b;c 100% \"d\"\n", (await RunAsync(InProject("build/bin/plugin"))).Output);
        using var settings = JsonDocument.Parse(
            await File.ReadAllBytesAsync(InProject("obj/omniview/dev.json"), TestContext.Current.CancellationToken));
        var go = settings.RootElement.GetProperty("settings").GetProperty("go");
        Assert.Equal("-X 'main.stamp=a;b;c 100% \"d\"'", go.GetProperty("ldFlags").GetString());
        Assert.Equal("plain;other", go.GetProperty("tags").GetString());
        Assert.Equal(
            ["-installsuffix=e;f", "-pgo=off"],
            go.GetProperty("extraArguments").EnumerateArray().Select(argument => argument.GetString()));
    }

    [Fact]
    public async Task Refuses_a_flag_that_is_neither_true_nor_false()
    {
        WriteBackendPlugin();

        var result = (await BuildAsync("-clp:NoSummary", "-p:GoRace=maybe")).ShouldFail();

        Assert.Contains($"{ProjectFile} : error OVP1025: GoRace is 'maybe'.", result.Output, StringComparison.Ordinal);
    }
}
