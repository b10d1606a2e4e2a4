using System.Globalization;
using System.Runtime.InteropServices;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>The item OmniviewWatch.</summary>
/// <remarks>
/// Without a "%20" in the path: MSBuild takes it for a space when it looks for what a glob means (10.0.401).
/// </remarks>
public sealed class FilesTheAuthorNames(PackageCache packages) : DevScratch(packages, "a b;é")
{
    [Fact]
    public async Task Build_and_swap_on_a_save_in_the_dev_loop()
    {
        CopyBackend("""
            <PropertyGroup><GoBuildArguments>-overlay=overlay.json</GoBuildArguments></PropertyGroup>
            <ItemGroup><OmniviewWatch Include="overlay.json;../words/**/*.txt" /></ItemGroup>
            """);
        var word = Write("../words/deep/greeting.txt", "package main\n\nconst greeting = \"Overlaid\"\n");
        Write("overlay.json", """{ "Replace": { "pkg/greeting.go": "../words/deep/greeting.txt" } }""");
        var dev = Start("dotnet", "run", "--", "--verbose");
        await dev.WaitForAsync("ready in ");
        Assert.Equal("Overlaid, Ada!", await GreetAsync());

        await File.WriteAllTextAsync(
            word, "package main\n\nconst greeting = \"Watched\"\n", TestContext.Current.CancellationToken);
        await dev.WaitForAsync(text => Generation(text) >= 2);
        Assert.Equal("Watched, Ada!", await GreetAsync());

        dev.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await dev.ExitAsync());
        Assert.Contains("changed: ../words/deep/greeting.txt", dev.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_watched_by_dotnet_watch_too()
    {
        WriteBackendPlugin(
            """<ItemGroup><OmniviewWatch Include="words/**/*.txt" Exclude="words/not/**" /></ItemGroup>""");
        Write("words/deep/word.txt", "");
        Write("words/not/this.txt", "");

        Assert.Equal(
            ["go.mod", "go.sum", "pkg/greeting.go", "pkg/main.go", "plugin.yaml", "words/deep/word.txt"],
            Evaluate().Items("Watch")
                .Where(file => !file.EndsWith("watch.stamp", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Are_refused_when_nobody_can_mean_so_many()
    {
        WriteBackendPlugin("""<ItemGroup><OmniviewWatch Include="many/*" /></ItemGroup>""");
        for (var i = 0; i <= 1000; i++)
        {
            Write($"many/{i.ToString(CultureInfo.InvariantCulture)}", "");
        }

        var result = (await BuildAsync("-t:DevServer")).ShouldFail();

        Assert.Contains(
            $"{ProjectFile} : error OVP1024: OmniviewWatch names 1001 files", result.Output, StringComparison.Ordinal);
    }
}
