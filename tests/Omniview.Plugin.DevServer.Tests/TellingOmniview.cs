using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class TellingOmniview : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Devinfo_names_the_plugin_and_is_put_back_when_someone_removes_it()
    {
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1); // the file tells whole milliseconds
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);

        var devInfo = DevInfoFile.Read(DevInfo)!;

        Assert.Equal(
            (ready.PluginPid, "grpc", 1, 0, Plugins.Id, "0.1.0"),
            (
                devInfo.Pid,
                devInfo.Protocol,
                devInfo.ProtocolVersion,
                devInfo.VitePort,
                devInfo.PluginId,
                devInfo.Version));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DevInfo));
        Assert.Equal(
            Installed("bin/plugin"),
            File.ResolveLinkTarget($"/proc/{devInfo.Pid}/exe", returnFinalTarget: false)!.FullName);
        Assert.InRange(DateTimeOffset.Parse(devInfo.StartedAt!, null), before, DateTimeOffset.UtcNow);

        foreach (var remove in new Action[] { () => File.Delete(DevInfo), () => File.Move(DevInfo, DevInfo + ".away") })
        {
            remove();

            await Poll.UntilAsync(() => DevInfoFile.Read(DevInfo)?.Pid == ready.PluginPid, "it is back");
        }
    }

    [Fact]
    public async Task A_save_is_one_disconnect_and_one_connect_whatever_the_terminal_has_in_OMNIVIEW_DEV()
    {
        Environment["OMNIVIEW_DEV"] = "1";
        DieAsThePluginSdk();
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Assert.Equal(["connect"], await omniview.EventsAsync());

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        var second = await dev.ReadyAsync(2);
        await Poll.UntilAsync(() => RunningPlugins().Count == 1, "the old one has gone");

        Assert.Equal(second.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
        Assert.Equal(["connect", "disconnect", "connect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task In_the_dev_mode_of_the_plugin_sdk_the_file_is_put_back_while_the_plugin_that_removed_it_dies()
    {
        DieAsThePluginSdk();
        var dying = 0;
        var diesStill = new List<bool>();
        using var omniview = new OmniviewWatcher(
            DevInfo, () => diesStill.Add(Directory.Exists($"/proc/{Volatile.Read(ref dying)}")));
        var dev = await OpenAsync(Settings(Project) with { PluginDevMode = true });
        dying = (await dev.ReadyAsync(1)).PluginPid;

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        var second = await dev.ReadyAsync(2);
        await Poll.UntilAsync(() => omniview.Seen().Count(one => one == "connect") == 3, "it is there again");
        await File.WriteAllTextAsync(MayEnd, "", Cancellation);
        await Poll.UntilAsync(() => RunningPlugins().Count == 1, "the old one has gone");

        Assert.Equal(
            ["connect", "disconnect", "connect", "removed", "disconnect", "connect"], await omniview.EventsAsync());
        Assert.Equal([true, true], diesStill.Skip(1));
        Assert.Equal(second.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
    }

    private string MayEnd => Path.Combine(Root, "may end");

    /// <summary>
    /// Has the plugin remove the file when it gets TERM, as one of the plugin-sdk does with OMNIVIEW_DEV=1, and then
    /// take its time.
    /// </summary>
    private void DieAsThePluginSdk() => Replace("pkg/goplugin/serve.go", "defer restore()", $$"""
        defer restore()
        	defer func() {
        		if os.Getenv("OMNIVIEW_DEV") != "1" {
        			return
        		}
        		os.Remove(os.Getenv("OMNIVIEW_STATE_DIR") + "/plugins/" + id + "/.devinfo")
        		for _, err := os.Stat("{{MayEnd}}"); err != nil; _, err = os.Stat("{{MayEnd}}") {
        			time.Sleep(5 * time.Millisecond)
        		}
        	}()
        """);

    [Fact]
    public async Task Devinfo_of_someone_else_is_left_alone_at_the_end()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var foreign = new DevInfoFile(1, "grpc", 1, "/nowhere");
        foreign.Write(DevInfo);

        await dev.Session.EndAsync();

        Assert.Equal(foreign, DevInfoFile.Read(DevInfo));
        File.Delete(DevInfo);
    }

    [Fact]
    public async Task Devinfo_is_gone_as_soon_as_the_plugin_is()
    {
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);

        Kill(ready.PluginPid);
        await dev.StateAsync(state => state.PluginPid == 0);

        Assert.False(File.Exists(DevInfo));
    }
}
