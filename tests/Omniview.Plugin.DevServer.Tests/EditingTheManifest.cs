using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class EditingTheManifest : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_good_edit_is_installed_and_the_plugin_stays()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        Replace("plugin.yaml", "[resource]", "[resource, exec]");
        await dev.LogAsync("unchanged");

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Project, "plugin.yaml"), Cancellation),
            await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation));
        Assert.Equal(first.PluginPid, Pid(Assert.Single(RunningPlugins())));
    }

    [Fact]
    public async Task A_bad_one_is_a_problem_that_leaves_plugin_and_installation_as_they_are()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);
        var installed = await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation);
        foreach (var (good, bad, code) in new[]
        {
            ("version: 0.1.0", "version: [0, 1]", DiagnosticCodes.ManifestWrongShape),
            ("[resource]", "[resource", DiagnosticCodes.ManifestBadYaml),
            ("id: hello-omniview", "id: another", DiagnosticCodes.PluginIdInUse),
        })
        {
            Replace("plugin.yaml", good, bad);
            var problem = await dev.ErrorAsync(code);
            var state = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

            Assert.Equal(Path.Combine(Project, "plugin.yaml"), problem.File);
            Assert.Equal(
                (first.PluginPid, "plugin.yaml has errors", problem.Message),
                (state.PluginPid, state.StaleReason, state.LastError));
            Assert.Equal("Hello, Ada!", await GreetAsync());
            Assert.Equal(installed, await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation));

            Replace("plugin.yaml", bad, good);
            var mended = await dev.ReadyAsync(1);
            Assert.Equal((first.PluginPid, false, ""), (mended.PluginPid, mended.Stale, mended.LastError));
            Assert.Empty(dev.Errors);
        }
    }

    [Fact]
    public async Task One_that_is_gone_for_a_moment_does_no_harm()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var file = Path.Combine(Project, "plugin.yaml");
        File.Move(file, file + ".away");
        await dev.ErrorAsync(DiagnosticCodes.ManifestNotFound);

        File.Move(file + ".away", file);
        await dev.ErrorsAsync(errors => errors.Count == 0);
        await dev.ReadyAsync(1);

        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task Capabilities_that_come_and_go_are_parts_that_come_and_go()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        Plugins.WriteManifest(Project, "resource");
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        var first = await dev.ReadyAsync(1);
        Assert.Equal((ProcessStatus.Idle, 0), (first.ViteStatus, first.VitePort));

        Plugins.WriteManifest(Project, "resource, ui");
        // a new plugin, which is told the port
        var both = await dev.StateAsync(
            state => state is { Status: ProcessStatus.Ready, Generation: 2, VitePort: > 0 });
        Assert.NotEqual(first.PluginPid, both.PluginPid);

        Plugins.WriteManifest(Project, "ui");
        var uiOnly = await dev.StateAsync(state => state is { GoStatus: ProcessStatus.Idle, PluginPid: 0 });
        Assert.Equal((
            ProcessStatus.Ready, both.VitePort, false), (uiOnly.Status, uiOnly.VitePort, uiOnly.GrpcConnected));
        Assert.Empty(RunningPlugins());
        Assert.False(File.Exists(DevInfo));

        Plugins.WriteManifest(Project, "[broken");
        await dev.ErrorAsync(DiagnosticCodes.ManifestBadYaml); // also without a backend, whose build would find it
        Plugins.WriteManifest(Project, "ui, resource");
        await dev.StateAsync(state => state is { Status: ProcessStatus.Ready, PluginPid: > 0 });
        Assert.Empty(dev.Errors);
        Assert.Equal("Hello, Ada!", await GreetAsync());

        Plugins.WriteManifest(Project, "resource");
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Idle, VitePort: 0 });
        await Poll.UntilAsync(() => Processes("vite.js").Count == 0, "Vite has ended");
    }

    [Fact]
    public async Task A_new_version_is_told_to_omniview_with_the_next_plugin()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Replace("plugin.yaml", "version: 0.1.0", "version: 0.2.0");
        await dev.LogAsync("unchanged");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Welcome\"");
        await dev.ReadyAsync(2);

        Assert.Equal("0.2.0", DevInfoFile.Read(DevInfo)!.Version);
    }
}
