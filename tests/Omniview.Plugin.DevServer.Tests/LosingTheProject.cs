using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class LosingTheProject : HostScratch
{
    private DevSettings WithFakeVite =>
        Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } };

    private string Away => Project + "-away";

    [Fact]
    public async Task Moved_away_it_is_a_problem_the_plugin_stays_and_back_again_the_loop_goes_on()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        var first = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);

        Directory.Move(Project, Away);
        await dev.ErrorAsync(DiagnosticCodes.ProjectGone);
        var gone = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);
        Assert.Equal((first.PluginPid, true, true), (gone.PluginPid, gone.Stale, gone.GrpcConnected));
        Assert.Equal("Hello, Ada!", await GreetAsync());

        Plugins.Write(Away, "pkg/greeting.go", "package main\n\nvar greeting = \"Moved\"\n");
        Directory.Move(Away, Project);
        await dev.StateAsync(state => state is { Status: ProcessStatus.Ready, Generation: 2, Stale: false });
        Assert.Empty(dev.Errors);
        Assert.Equal("Moved, Ada!", await GreetAsync());

        Replace("pkg/greeting.go", "Moved", "Seen");
        await dev.ReadyAsync(3); // it is watched again
    }

    [Fact]
    public async Task Deleted_and_made_anew_it_is_watched_as_before()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Directory.Delete(Project, recursive: true);
        await dev.ErrorAsync(DiagnosticCodes.ProjectGone);
        Plugins.CopyBackend(Away);
        Directory.Move(Away, Project);
        await dev.LogAsync("unchanged after");
        Assert.Empty(dev.Errors);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Anew\"");
        await dev.ReadyAsync(2);
        Assert.Equal("Anew, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task While_it_is_away_the_plugin_can_be_stopped()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ViteReadyAsync();

        Directory.Move(Project, Away);
        await dev.ErrorAsync(DiagnosticCodes.ProjectGone);
        await dev.Session.EndAsync();

        Assert.Equal(ProcessStatus.Stopped, dev.States[^1].ViteStatus);
        Directory.Move(Away, Project);
    }
}
