using System.Globalization;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <remarks>
/// Without a "%20" in the path: MSBuild's FullPath of what a glob finds there is another's, so dotnet watch looks for
/// the files elsewhere (10.0.401).
/// </remarks>
public sealed class ServingInTheBackground(PackageCache packages) : DevScratch(packages, "a b;é")
{
    [Fact]
    public async Task Returns_with_the_result_builds_again_when_called_again_and_ends_when_told()
    {
        CopyBackend();
        (await BuildAsync("-t:DevServer")).ShouldSucceed();
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Again\"");
        (await BuildAgainAsync("-t:DevServer")).ShouldSucceed();
        var answer = await GreetAsync();
        Write("pkg/broken.go", "package main\n\nvar broken int = missing\n");
        var broken = (await BuildAgainAsync("-t:DevServer")).ShouldFail();

        Assert.StartsWith("Again, Ada", answer, StringComparison.Ordinal);
        Assert.Contains(
            $"{InProject("pkg/broken.go")}(3,18): error GO7075: undefined: missing",
            broken.Output,
            StringComparison.Ordinal);
        Assert.StartsWith("Again, Ada", await GreetAsync(), StringComparison.Ordinal);

        (await BuildAgainAsync("-t:StopDev")).ShouldSucceed();
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
    }

    [Fact]
    public async Task Eight_builds_at_once_share_one_dev_host()
    {
        CopySample();
        var plugins = Enumerable.Range(1, 8).Select(number => $"plugin-{number}").ToList();
        foreach (var id in plugins)
        {
            SourceFolder.Copy(InProject("pkg"), InProject($"../{id}/pkg"));
            File.Copy(InProject("go.mod"), InProject($"../{id}/go.mod"));
            File.Copy(ProjectFile, InProject($"../{id}/My.Plugin.csproj"));
            Write($"../{id}/plugin.yaml", $"id: {id}\nversion: 0.1.0\ncapabilities: [resource]\n");
            Replace($"../{id}/pkg/main.go", $"pluginID = \"{SampleId}\"", $"pluginID = \"{id}\"");
        }

        var builds = await Task.WhenAll(plugins.Select(id => BuildAsync($"../{id}", "-t:DevServer")));

        Assert.All(builds, build => build.ShouldSucceed());
        Assert.All(plugins, id => Assert.True(File.Exists(Installed(id, ".devinfo"))));
        Assert.Equal(
            plugins.Count,
            LivingProcesses().Count(process => process.Contains("/bin/plugin ", StringComparison.Ordinal)));
        var host = Assert.Single(
            LivingProcesses(), process => process.Contains(" host --state-dir ", StringComparison.Ordinal));
        Signals.Send(int.Parse(host.Split(' ')[0], CultureInfo.InvariantCulture), Signals.Terminate);
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.All(plugins, id => Assert.False(File.Exists(Installed(id, ".devinfo"))));
    }

    [Fact]
    public async Task Follows_dotnet_watch_and_ends_when_it_is_killed()
    {
        CopySample();
        Environment["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1";
        var watch = Start("dotnet", "watch", "--non-interactive", "build", "-t:DevServer");
        await watch.WaitForAsync(text => Passes(text) == 1);
        var vite = Assert.Single(LivingProcesses(), IsVite);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Watched\"");
        await SaveUntilAsync("pkg/greeting.go", () => Passes(watch.Text) > 1);
        Assert.StartsWith("Watched, Ada", await GreetAsync(), StringComparison.Ordinal);

        // A new file in new folders, which dotnet watch does not know: for its passes it depends on the dev host's
        // word.
        var file = Write("pkg/new/folder/x.go", "package folder\n\nvar broken int = missing\n");
        Write("pkg/uses.go", "package main\n\nimport _ \"example.com/hello-omniview/pkg/new/folder\"\n");
        await SaveUntilAsync(
            "pkg/new/folder/x.go",
            () =>
                watch.Text.Contains(
                    $"{file}(3,18): error GO7075: undefined: missing", StringComparison.Ordinal));
        await watch.WaitForAsync("dotnet watch : Exited with error code 1");
        Write("pkg/new/folder/x.go", "package folder\n");
        var passes = Passes(watch.Text);
        await SaveUntilAsync("pkg/new/folder/x.go", () => Passes(watch.Text) > passes);

        Assert.Equal(vite, Assert.Single(LivingProcesses(), IsVite));
        Assert.StartsWith("Watched, Ada", await GreetAsync(), StringComparison.Ordinal);
        watch.Kill();
        KillProcesses("dotnet-watch.dll"); // the dotnet command runs it as a child, which outlives it
        await Poll.UntilAsync(() => LivingProcesses().Count == 0, "no process is left");
        Assert.False(File.Exists(DevInfo));
    }

    [Fact]
    public async Task Serves_nothing_for_a_dotnet_watch_that_is_gone()
    {
        CopyBackend();
        Environment["DOTNET_WATCH"] = "1"; // as a pass has it whose dotnet watch was killed meanwhile

        var result = (await BuildAsync("-t:DevServer")).ShouldSucceed();

        Assert.Contains("dotnet watch has ended", result.Output, StringComparison.Ordinal);
        Assert.Empty(LivingProcesses());
    }

    [Fact]
    public async Task Ends_with_dotnet_watch_after_ctrl_c_in_a_terminal()
    {
        CopySample();
        await using var terminal = new Terminal(Root, (program, arguments) => RunAsync(program, arguments));
        await terminal.OpenAsync();
        await terminal.TypeAsync("dotnet watch build -t:DevServer; echo ended with $?");
        await terminal.WaitForAsync(screen => Passes(screen) == 1, "the first pass is over");
        Assert.StartsWith("Hello, Ada", await GreetAsync(), StringComparison.Ordinal);

        await terminal.PressCtrlCAsync();
        await terminal.WaitForAsync(
            screen => screen.Contains("ended with 0", StringComparison.Ordinal), "dotnet watch has ended");

        await Poll.UntilAsync(
            () =>
                !LivingProcesses()
                    .Exists(process =>
                        IsVite(process)
                        || process.Contains("dotnet", StringComparison.Ordinal)
                        || process.Contains("bin/plugin", StringComparison.Ordinal)),
            "nothing of it is left");
        Assert.False(File.Exists(DevInfo));
    }

    /// <summary>
    /// Saves, and again if there is no pass in a while: dotnet watch takes no notice of a save while it begins to wait,
    /// and ends a pass that is running at the next save (10.0.401).
    /// </summary>
    private async Task SaveUntilAsync(string file, Func<bool> condition)
    {
        var polls = 0;
        await Poll.UntilAsync(() =>
        {
            if (polls++ % 1500 == 0)
            {
                File.AppendAllText(InProject(file), "// saved\n");
            }

            return condition();
        }, $"a pass after a save of {file}");
    }

    private static int Passes(string text) => text.Split("Waiting for a file to change").Length - 1;

    private static bool IsVite(string process) => process.Contains("vite.js", StringComparison.Ordinal);
}
