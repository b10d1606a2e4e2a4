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

        Assert.Equal((ready.PluginPid, "grpc", 1, 0, Plugins.Id, "0.1.0"), (devInfo.Pid, devInfo.Protocol, devInfo.ProtocolVersion, devInfo.VitePort, devInfo.PluginId, devInfo.Version));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DevInfo));
        Assert.Equal(Installed("bin/plugin"), File.ResolveLinkTarget($"/proc/{devInfo.Pid}/exe", returnFinalTarget: false)!.FullName);
        Assert.InRange(DateTimeOffset.Parse(devInfo.StartedAt!, null), before, DateTimeOffset.UtcNow);

        foreach (var remove in new Action[] { () => File.Delete(DevInfo), () => File.Move(DevInfo, DevInfo + ".away") })
        {
            remove();

            await Poll.UntilAsync(() => DevInfoFile.Read(DevInfo)?.Pid == ready.PluginPid, "it is back");
        }
    }

    [Fact]
    public async Task Devinfo_outlives_a_plugin_that_removes_it_as_the_plugin_sdk_does()
    {
        Replace("pkg/goplugin/serve.go", "defer restore()", "defer restore()\n\tdefer os.Remove(os.Getenv(\"OMNIVIEW_STATE_DIR\") + \"/plugins/\" + id + \"/.devinfo\")");
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        var second = await dev.ReadyAsync(2);

        Assert.Equal(second.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
    }

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
