using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class TellingOmniviewOfTheUi : UiScratch
{
    [Fact]
    public async Task Omniview_is_told_of_the_ui_only_while_that_answers()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Breakable);
        Write("broken", "");
        var dev = await OpenAsync(WithFakes(NoInstall));
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(() => DevInfoFile.Read(DevInfo)?.VitePort == 0, "it is told that there is no UI");

        File.Delete(Path.Combine(Project, "broken"));
        var ready = await dev.ViteReadyAsync();
        Assert.Equal(ready.VitePort, DevInfoFile.Read(DevInfo)!.VitePort);
        Assert.Equal(1, ready.Generation);

        Write("broken", "");
        Kill(Pid(Assert.Single(Processes("vite.js"))));
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(0, DevInfoFile.Read(DevInfo)!.VitePort);
    }

    [Fact]
    public async Task Omniview_is_told_of_plugin_and_ui_once_when_both_are_there()
    {
        var go = Path.Combine(Root, "go on");
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        // Vite is on its way as long as packages are installed
        var dev = await OpenAsync(WithFakes($"while [ ! -e '{go}' ]; do sleep 0.01; done\n"));
        var first = await dev.ReadyAsync(1);
        Assert.Empty(await omniview.EventsAsync());

        await File.WriteAllTextAsync(go, "", Cancellation);
        var ready = await dev.ViteReadyAsync();

        Assert.Equal(["connect"], await omniview.EventsAsync());
        var devInfo = DevInfoFile.Read(DevInfo)!;
        Assert.Equal((first.PluginPid, ready.VitePort), (devInfo.Pid, devInfo.VitePort));

        await dev.Session.EndAsync();
        Assert.Equal(["connect", "removed", "disconnect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task Omniview_is_told_of_the_plugin_once_when_vite_is_off()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync(Settings(Project) with { Ui = OwnPorts with { Enabled = false } });

        await dev.ReadyAsync(1);

        Assert.Equal(["connect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task A_restart_is_one_disconnect_and_one_connect_for_Omniview()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync(WithFakes(NoInstall));
        await dev.StateAsync(state => state.Status == ProcessStatus.Ready);

        await dev.Host.RestartAsync(Plugins.Id, Cancellation);
        await dev.StateAsync(state => state is { Status: ProcessStatus.Ready, Generation: 2 });

        Assert.Equal(["connect", "removed", "disconnect", "connect"], await omniview.EventsAsync());
    }
}
