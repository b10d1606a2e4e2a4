using System.Runtime.InteropServices;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class InstallingTheTool(PackageCache packages) : DevScratch(packages)
{
    [Fact]
    public async Task Gives_a_program_that_serves_a_folder_and_tells_how_it_is()
    {
        CopySample();
        File.Delete(ProjectFile);
        var folder = Path.Combine(Root, "tools");
        Environment["NUGET_PACKAGES"] = Path.Combine(Root, "nuget");
        (await DotnetAsync(
            "tool", "install", "Omniview.Plugin.Tool", "--version", Repository.SdkVersion, "--tool-path", folder))
            .ShouldSucceed();
        var tool = Path.Combine(folder, "omniview-plugin-dev");

        Assert.StartsWith(
            Repository.SdkVersion,
            (await RunAsync(tool, "--version")).ShouldSucceed().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "No dev host runs", (await RunAsync(tool, "ps")).ShouldSucceed().Output, StringComparison.Ordinal);

        var dev = Start(tool, "--no-vite");
        await dev.WaitForAsync("ready in ");
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);
        Assert.Contains(SampleId, (await RunAsync(tool, "ps")).ShouldSucceed().Output, StringComparison.Ordinal);
        dev.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await dev.ExitAsync());
    }
}
