using System.Formats.Tar;
using System.IO.Compression;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>One output folder for a whole repository: each plugin's program is bin/plugin, and stays its own.</summary>
public sealed class SharingOutputFolders(PackageCache packages) : PluginScratch(packages, "one out%é")
{
    private static readonly string[] Two = ["one", "two"];

    [Theory]
    [InlineData("<OutputPath>$(MSBuildThisFileDirectory)out/</OutputPath>", "out/one/bin/plugin")]
    [InlineData("<OutDir>$(MSBuildThisFileDirectory)out</OutDir>", "out/one/bin/plugin")]
    [InlineData("<OutputPath>../out/</OutputPath>", "out/one/bin/plugin")]
    [InlineData("<OutputPath>../out/$(MSBuildProjectName)/x/</OutputPath>", "out/one/x/bin/plugin")]
    [InlineData("<OutputPath>out/</OutputPath>", "one/out/bin/plugin")]
    [InlineData("<UseArtifactsOutput>true</UseArtifactsOutput>", "artifacts/bin/one/debug/bin/plugin")]
    public void The_program_lies_in_a_folder_of_its_plugin(string property, string program)
    {
        WritePlugin("one");
        Write("Directory.Build.props", $"<Project><PropertyGroup>{property}</PropertyGroup></Project>");

        var evaluated = Evaluation.Of(InProject("one/one.csproj")).Property("GoOutput");

        Assert.Equal(InProject(program), Path.GetFullPath(evaluated, InProject("one")));
    }

    [Fact]
    public async Task Each_gets_its_own_program_in_archives_and_installs_and_clean_takes_only_its_own()
    {
        WriteBoth();
        Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <OutputPath>$(MSBuildThisFileDirectory)out/</OutputPath>
                <BaseIntermediateOutputPath>$(MSBuildThisFileDirectory)obj/</BaseIntermediateOutputPath>
                <MSBuildProjectExtensionsPath>$(BaseIntermediateOutputPath)$(MSBuildProjectName)/</MSBuildProjectExtensionsPath>
              </PropertyGroup>
            </Project>
            """);

        (await DotnetAsync("pack", "All.slnx", "-tl:off", "-m", "-p:PackageOutputPath=../archives")).ShouldSucceed();
        foreach (var name in Two)
        {
            Assert.Contains(
                $"I am {name}", ProgramIn(InProject($"archives/{name}-linux_amd64.tar.gz")), StringComparison.Ordinal);
        }

        (await BuildAgainAsync("All.slnx", "-m", "-t:Install")).ShouldSucceed();
        foreach (var name in Two)
        {
            Assert.Equal($"I am {name}\n", (await RunAsync(Installed(name, "bin/plugin"))).Output);
        }

        (await DotnetAsync("clean", "one", "-tl:off")).ShouldSucceed();
        Assert.False(File.Exists(InProject("out/one/bin/plugin")));
        Assert.True(File.Exists(InProject("out/two/bin/plugin")));
    }

    [Fact]
    public async Task A_published_folder_is_one_plugins()
    {
        WriteBoth();
        var folder = "-p:PublishDir=../published/";
        (await DotnetAsync("publish", "one", "-tl:off", folder)).ShouldSucceed();

        var second = (await DotnetAsync("publish", "two", "-tl:off", folder)).ShouldFail();

        Assert.Contains("error OVP4005: ", second.Output, StringComparison.Ordinal);
        Assert.Contains(
            "holds the plugin 'one', and a folder holds one plugin", second.Output, StringComparison.Ordinal);
        Assert.Equal("I am one\n", (await RunAsync(InProject("published/bin/plugin"))).Output);
    }

    private static string ProgramIn(string archive)
    {
        using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name.EndsWith("bin/plugin", StringComparison.Ordinal))
            {
                using var bytes = new MemoryStream();
                entry.DataStream!.CopyTo(bytes);
                return System.Text.Encoding.Latin1.GetString(bytes.ToArray());
            }
        }

        return "";
    }

    private void WriteBoth()
    {
        foreach (var name in Two)
        {
            WritePlugin(name);
        }

        Write(
            "All.slnx",
            "<Solution><Project Path=\"one/one.csproj\" /><Project Path=\"two/two.csproj\" /></Solution>");
    }

    private void WritePlugin(string name)
    {
        Write($"{name}/{name}.csproj", $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}" />""");
        Write($"{name}/plugin.yaml", $"id: {name}\nversion: 1.0.0\ncapabilities: [resource]\n");
        Write($"{name}/go.mod", "module example.com/plugin\n\ngo 1.25\n");
        Write($"{name}/pkg/main.go", $"package main\n\nfunc main() {{\n\tprintln(\"I am {name}\")\n}}\n");
    }
}
