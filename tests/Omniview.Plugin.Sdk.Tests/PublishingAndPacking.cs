using System.Security.Cryptography;
using System.Text.Json;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class PublishingAndPacking(PackageCache packages) : PluginScratch(packages)
{
    private const string Windows = "my-plugin-windows_amd64.tar.gz";
    private const string Linux = "my-plugin-linux_amd64.tar.gz";

    private string Out => Path.Combine(Root, "out");

    [Fact]
    public async Task Publishes_and_packs_what_Omniview_installs()
    {
        CopySample("""
            <PropertyGroup>
              <OmniviewArchiveName>omniview-plugin-hello-{version}-{platform}</OmniviewArchiveName>
            </PropertyGroup>
            <ItemGroup><ViteEnvironment Include="FLAVOUR=mild" /></ItemGroup>
            """);
        await File.AppendAllTextAsync(
            InProject("ui/vite.config.ts"),
            "\nif (process.env.FLAVOUR !== 'mild') throw new Error('no flavour');\n",
            TestContext.Current.CancellationToken);

        (await DotnetAsync("publish", "-tl:off", "-o", Out)).ShouldSucceed();
        (await DotnetAsync("pack", "-tl:off", "--no-build")).ShouldSucceed();

        Assert.Equal(
            ["assets/entry.js", "bin/plugin", "plugin.yaml"],
            Below(Out)
                .Where(file =>
                    !file.EndsWith(".map", StringComparison.Ordinal) && !file.EndsWith(".css", StringComparison.Ordinal)
                ));
        Assert.Equal("755", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Out, "bin", "plugin")), 8));
        var archive = Assert.Single(Directory.GetFiles(InProject("build"), "*.tar.gz"));
        Assert.StartsWith("omniview-plugin-hello-", Path.GetFileName(archive), StringComparison.Ordinal);
        var listed = (await RunAsync("tar", "tvzf", archive)).ShouldSucceed();
        Assert.Contains(
            listed.Lines,
            line =>
                line.StartsWith("-rwxr-xr-x 0/0 ", StringComparison.Ordinal)
                && line.EndsWith(" 1980-01-01 00:00 ./bin/plugin", StringComparison.Ordinal));
        Assert.Contains(listed.Lines, line => line.EndsWith(" ./plugin.yaml", StringComparison.Ordinal));
        Assert.Contains(listed.Lines, line => line.EndsWith(" ./assets/entry.js", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Root, "unpacked"));
        (await RunAsync("tar", "xzf", archive, "-C", Path.Combine(Root, "unpacked"))).ShouldSucceed();
        Assert.Equal(Below(Out), Below(Path.Combine(Root, "unpacked")));
    }

    [Fact]
    public async Task Publishes_a_release_for_the_platform_asked_for()
    {
        WriteBackendPlugin();

        (await DotnetAsync("publish", "-tl:off", "-r", "win-x64", "-o", Out)).ShouldSucceed();

        Assert.Equal(["bin/plugin.exe", "plugin.yaml"], Below(Out));
        var settings = (await RunAsync("go", "version", "-m", Path.Combine(Out, "bin", "plugin.exe")))
            .ShouldSucceed().Output;
        Assert.All(
            ["-trimpath=true", "CGO_ENABLED=0", "GOOS=windows", "GOARCH=amd64"],
            setting => Assert.Contains(setting, settings, StringComparison.Ordinal));
        Assert.Contains(
            "error OVP4004: ",
            (await DotnetAsync("pack", "-tl:off", "--no-build", "-p:RuntimeIdentifier=win-arm64")).ShouldFail().Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packs_the_same_bytes_for_all_platforms_again_and_from_another_folder()
    {
        WriteBackendPlugin("<PropertyGroup><RuntimeIdentifiers>linux-x64;win-x64</RuntimeIdentifiers></PropertyGroup>");
        (await BuildAsync("-c", "Release")).ShouldSucceed();
        (await DotnetAsync("pack", "-tl:off")).ShouldSucceed();
        var first = Checksums(InProject("build"));
        var elsewhere = Path.Combine(Root, "elsewhere");
        SourceFolder.Copy(Project, elsewhere);

        (await DotnetAsync("pack", "-tl:off", "--no-restore")).ShouldSucceed();
        (await DotnetAsync("pack", "-tl:off", Path.Combine(elsewhere, "My.Plugin.csproj"))).ShouldSucceed();
        (await DotnetAsync("publish", "-tl:off", "-o", Out, "--no-build")).ShouldSucceed();

        Assert.Equal([Linux, Windows], first.Keys);
        Assert.Equal(first, Checksums(InProject("build")));
        Assert.Equal(first, Checksums(Path.Combine(elsewhere, "build")));
        Assert.Contains("./bin/plugin.exe", (await RunAsync("tar", "tzf", InProject($"build/{Windows}"))).Lines);
        Assert.Equal(
            ["linux-x64/bin/plugin", "linux-x64/plugin.yaml", "win-x64/bin/plugin.exe", "win-x64/plugin.yaml"],
            Below(Out));
        Assert.True(File.Exists(InProject("build/bin/plugin")), "a pack takes nothing from the build before it");
        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(
            InProject("build/my-plugin.archives.json"), TestContext.Current.CancellationToken));
        Assert.Equal(
            first[Windows],
            list.RootElement.GetProperty("archives").GetProperty("windows_amd64").GetProperty("checksum").GetString());
        Assert.Equal(
            first[Windows],
            await File.ReadAllTextAsync(InProject($"build/{Windows}.sha256"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Leaves_no_archive_when_a_platform_fails()
    {
        WriteBackendPlugin("<PropertyGroup><RuntimeIdentifiers>linux-x64;win-x64</RuntimeIdentifiers></PropertyGroup>");
        (await DotnetAsync("pack", "-tl:off")).ShouldSucceed();
        var file = Write("pkg/broken_windows.go", "package main\n\nvar x = missing\n");

        var result = (await DotnetAsync("pack", "-tl:off", "--no-restore")).ShouldFail();

        Assert.Contains(
            $"{file}(3,9): error GO7075: undefined: missing [UndeclaredName] [{ProjectFile}]",
            result.Output,
            StringComparison.Ordinal);
        Assert.Contains("My.Plugin: go build for win-x64", result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(InProject("build")));
    }

    private static SortedDictionary<string, string> Checksums(string folder) => new(
        Directory.EnumerateFiles(folder, "*.tar.gz").ToDictionary(
            file => Path.GetFileName(file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    private static List<string> Below(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];
}
