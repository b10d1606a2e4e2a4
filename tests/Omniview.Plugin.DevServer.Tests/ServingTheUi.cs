using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ServingTheUi : UiScratch
{
    [Fact]
    public async Task A_plugin_with_only_a_ui_needs_no_go()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(NoInstall));

        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);

        Assert.Equal(
            (ProcessStatus.Ready, ProcessStatus.Idle, 0, false),
            (ready.ViteStatus, ready.GoStatus, ready.Generation, ready.GrpcConnected));
        Assert.Equal($"http://127.0.0.1:{ready.VitePort}", ready.ViteUrl);
        Assert.Equal("here", await GetAsync(ready.ViteUrl));
        Assert.All(
            dev.States, state => Assert.Equal(state.ViteStatus == ProcessStatus.Ready, state.ViteUrl.Length > 0));
        Assert.Equal(ProcessStatus.Ready, (await dev.Host.RebuildAsync(Plugins.Id, Cancellation)).Status);
    }

    [Fact]
    public async Task It_is_started_again_when_it_dies()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(NoInstall));
        var first = await dev.ViteReadyAsync();

        Kill(Pid(Assert.Single(Processes("vite.js"))));
        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);
        var dead = await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(("", problem.Message), (dead.ViteUrl, dead.LastError));

        var ready = await dev.ViteReadyAsync();
        Assert.Equal((first.VitePort, ""), (ready.VitePort, ready.LastError));
        Assert.Empty(dev.Errors);
        Assert.Equal("here", await GetAsync(ready.ViteUrl));
    }

    [Theory]
    [InlineData(FakeVite.Silent)]
    [InlineData(FakeVite.Liar)]
    public async Task One_that_does_not_answer_in_time_is_ended(string vite)
    {
        Plugins.WriteUi(Project, vite);
        var settings = WithFakes(NoInstall);
        var dev = await OpenAsync(settings with { Ui = settings.Ui with { ReadyTimeoutSeconds = 1 } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);

        Assert.Empty(Processes("vite.js")); // the next try comes after a second
        Assert.Contains("ViteReadyTimeout", problem.Message, StringComparison.Ordinal);
        Assert.All(dev.States, state => Assert.Equal("", state.ViteUrl));
    }

    [Fact]
    public async Task One_that_ends_at_its_start_is_reported_with_all_it_said()
    {
        Plugins.WriteUi(Project, FakeVite.Failing);
        var dev = await OpenAsync(WithFakes(NoInstall));

        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);

        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["first word", "last word"],
            dev.Logs.Where(entry => entry is { Source: LogSource.Vite, Level: "error" })
                .Select(entry => entry.Message)
                .Take(2));
    }

    [Fact]
    public async Task However_often_it_failed_a_save_or_a_rebuild_starts_it_again()
    {
        Plugins.WriteUi(Project, FakeVite.Failing);
        var dev = await OpenAsync(WithFakes(NoInstall));
        await FailsTooOftenAsync(dev, "last word");
        Assert.Equal(ProcessStatus.Error, (await dev.Host.GetStateAsync(Plugins.Id, Cancellation)).ViteStatus);

        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);
        await dev.LogAsync("last word"); // it was

        Write("ui/node_modules/vite/bin/vite.js", FakeVite.Good);
        Write("ui/vite.config.js", "export default {}; // mended\n");
        await dev.ViteReadyAsync();
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task A_node_that_is_too_old_for_its_vite_is_what_is_wrong()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        Write(
            "ui/node_modules/vite/package.json",
            """{ "name": "vite", "version": "7.3.8", "engines": { "node": "^20.19.0 || >=22.12.0" } }""");
        var settings = WithFakes(NoInstall);
        var node = FakeTool(
            "node", "[ \"$1\" = --version ] && { echo v18.20.4; exit 0; }\necho 'TypeError: crypto.hash is not a " +
            "function' >&2\nexit 1\n");
        var dev = await OpenAsync(settings with { Ui = settings.Ui with { NodePath = node } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.NodeVersionUnfit);

        Assert.Equal("error", problem.Severity);
        Assert.Contains($"{node} is 18.20.4", problem.Message, StringComparison.Ordinal);
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
    }

    [Fact]
    public async Task A_line_longer_than_any_pipe_holds_up_nothing()
    {
        Plugins.WriteUi(Project, FakeVite.Verbose);
        var dev = await OpenAsync(WithFakes(NoInstall));

        await dev.ViteReadyAsync();

        Assert.Contains(dev.Logs, entry => entry.Message.StartsWith("xxx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_a_problem_of_the_ui_and_not_its_end()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var file = Write("a file", "");
        var dev = await OpenAsync(WithFakes(NoInstall) with { IntermediateDirectory = Path.Combine(file, "obj") });
        await dev.ErrorAsync(DiagnosticCodes.UiInUse);
        var state = await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(ProcessStatus.Idle, state.GoStatus);

        File.Delete(file);

        await dev.ViteReadyAsync();
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task Left_out_when_it_is_not_wanted()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(Settings(Project) with { Ui = OwnPorts with { Enabled = false } });

        var ready = await dev.ReadyAsync(1);

        Assert.Equal((ProcessStatus.Idle, 0, ProcessStatus.Ready), (ready.ViteStatus, ready.VitePort, ready.Status));
        Assert.Empty(Processes("vite.js"));
    }
}
