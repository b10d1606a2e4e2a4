using System.Runtime.InteropServices;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>
/// What happens to the dev loop when something happens to the <c>dotnet</c> it was started with, while it starts,
/// builds and serves.
/// </summary>
public sealed class LosingDotnet(PackageCache packages) : DevScratch(packages)
{
    [Theory]
    [InlineData("run", false)]
    [InlineData("run", true)]
    [InlineData("build -t:Dev", false)]
    [InlineData("build -t:Dev", true)]
    public async Task Killed_or_told_to_end_while_the_host_starts_it_leaves_nothing(string command, bool kill)
    {
        CopyBackend();
        (await BuildAsync()).ShouldSucceed();
        var dev = StartLoop(command);
        await Poll.UntilAsync(
            () => LivingProcesses().Exists(process => process.Contains(" host --state-dir ", StringComparison.Ordinal)),
            "the host is starting");

        await EndAsync(dev, kill);
    }

    [Theory]
    [InlineData("run", false)]
    [InlineData("run", true)]
    [InlineData("build -t:Dev", false)]
    [InlineData("build -t:Dev", true)]
    public async Task Killed_or_told_to_end_while_a_save_is_built_it_leaves_nothing(string command, bool kill)
    {
        CopyBackend();
        var dev = StartLoop(command);
        await dev.WaitForAsync("ready in ");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await Poll.UntilAsync(
            () => LivingProcesses().Exists(process => process.Contains("/go build ", StringComparison.Ordinal)),
            "go is building");

        await EndAsync(dev, kill);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("build -t:Dev")]
    public async Task Paused_it_goes_on_where_it_was(string command)
    {
        CopyBackend();
        var dev = StartLoop(command);
        await dev.WaitForAsync("ready in ");

        Signals.Send(dev.Id, Signals.Stop);
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\""); // what serves is another process
        await Poll.UntilAsync(
            async () => await GreetAsync() is { } answer && answer.StartsWith("Ahoy", StringComparison.Ordinal),
            "the new plugin answers");
        Signals.Send(dev.Id, Signals.Continue);

        await dev.WaitForAsync(text => Generation(text) == 2);
        await EndAsync(dev, kill: false);
    }

    private Shell StartLoop(string command) => Start("dotnet", command.Split(' '));

    private async Task EndAsync(Shell dev, bool kill)
    {
        if (kill)
        {
            dev.Kill();
        }
        else
        {
            dev.Signal(PosixSignal.SIGTERM);
        }

        await dev.ExitAsync();
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
    }
}
