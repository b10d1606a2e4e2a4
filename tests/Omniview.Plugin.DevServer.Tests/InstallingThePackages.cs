using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class InstallingThePackages : UiScratch
{
    [Fact]
    public async Task What_a_failing_install_writes_is_no_save_and_what_its_author_writes_is()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(
            "echo \"settled: false # $$\" > pnpm-workspace.yaml; [ -e ../mended ] || exit 1\n"));
        await FailsTooOftenAsync(dev, "ended with exit code 1");
        Assert.Equal(
            6,
            dev.Logs.Count(entry =>
                entry is { Level: "error", Message: var said }
                && said.Contains("ended with exit code 1", StringComparison.Ordinal)));

        Write("mended", "");
        Write("ui/package.json", """{ "name": "ui", "private": true, "version": "1.0.0" }""");

        await dev.ViteReadyAsync();
    }

    [Fact]
    public async Task How_far_an_install_is_is_no_line_of_the_log()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(
            "echo 'Progress: resolved 120, reused 3, downloaded 7, added 0'; echo 'Done in 1s'\n"));

        await dev.ViteReadyAsync();

        Assert.Equal(
            "debug", dev.Logs.Single(entry => entry.Message.StartsWith("Progress:", StringComparison.Ordinal)).Level);
        Assert.Equal("info", dev.Logs.Single(entry => entry.Message == "Done in 1s").Level);
    }

    [Fact]
    public async Task A_ui_whose_packages_can_not_be_installed_leaves_the_backend_alone()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes("echo 'no such package' >&2; exit 1\n"));

        var problem = await dev.ErrorAsync(DiagnosticCodes.UiInstallFailed);
        var state = await dev.StateAsync(
            state => state is { ViteStatus: ProcessStatus.Error, GoStatus: ProcessStatus.Ready });

        Assert.Contains("no such package", problem.Message, StringComparison.Ordinal);
        // a good Go build does not hide it
        Assert.Equal((true, problem.Message), (state.GrpcConnected, state.LastError));
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }
}
