using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class ServingInTheBackground(PackageCache packages) : DevScratch(packages)
{
    [Fact]
    public async Task Returns_with_the_result_builds_again_when_called_again_and_ends_when_told()
    {
        CopySample();
        (await BuildAsync("-t:DevServer", "-p:OmniviewNoVite=true")).ShouldSucceed();
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Again\"");
        (await BuildAsync("-t:DevServer", "-p:OmniviewNoVite=true")).ShouldSucceed();
        var answer = await GreetAsync();
        Write("pkg/broken.go", "package main\n\nvar broken int = missing\n");
        var broken = (await BuildAsync("-t:DevServer", "-p:OmniviewNoVite=true")).ShouldFail();

        Assert.StartsWith("Again, Ada", answer, StringComparison.Ordinal);
        Assert.Contains($"{InProject("pkg/broken.go")}(3,18): error GOUndeclaredName: undefined: missing", broken.Output, StringComparison.Ordinal);
        Assert.StartsWith("Again, Ada", await GreetAsync(), StringComparison.Ordinal);

        (await BuildAsync("-t:StopDev")).ShouldSucceed();
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
    }

    [Fact]
    public async Task Follows_dotnet_watch_and_ends_with_it()
    {
        CopySample();
        Environment["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1";
        var watch = Start("dotnet", "watch", "--non-interactive", "build", "-t:DevServer", "--property:OmniviewNoVite=true");
        await Poll.UntilAsync(async () => await GreetAsync() is { } answer && answer.StartsWith("Hello", StringComparison.Ordinal), "the plugin answers");
        await watch.WaitForAsync("Waiting for a file to change");

        Replace("pkg/greeting.go", "\"Hello\"", "\"Watched\"");
        await Poll.UntilAsync(async () => await GreetAsync() is { } answer && answer.StartsWith("Watched", StringComparison.Ordinal), "the plugin answers anew");
        watch.Kill();
        KillProcess("dotnet-watch.dll"); // the dotnet command runs it as a child, which outlives it

        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
    }
}
