using System.Runtime.InteropServices;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// The state directory is a small file system of its own, in a name space of its own, that fills up while a plugin
/// runs.
/// </summary>
public sealed class RunningOutOfDisk : HostScratch
{
    /// <summary>
    /// Fills the state directory, or empties it, before it builds: it runs where that file system can be seen.
    /// </summary>
    private const string Go = """
        [ "$1" = build ] || exec go "$@"
        rm -f "$OMNIVIEW_STATE_DIR/fill"
        go "$@" || exit
        [ ! -e full ] || dd if=/dev/zero of="$OMNIVIEW_STATE_DIR/fill" bs=64k 2>/dev/null
        exit 0
        """;

    [Fact]
    public async Task The_plugin_runs_on_until_there_is_room_again()
    {
        Plugins.CopyBackend(Project);
        var settings = Path.Combine(Root, "dev.json");
        new Core.Wire.DevSettingsFile(State, Settings(Project) with { Go = new() { ToolPath = FakeTool("go", Go) } })
            .Write(settings);
        Directory.CreateDirectory(State);
        var loop = StartCommandLineWith(
            ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=32m,mode=700 state \"$OMNIVIEW_STATE_DIR\" && " +
                "exec \"$@\"", "sh"], "--settings", settings);
        await loop.WaitForAsync("generation 1");

        Write("full", "");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await loop.WaitForAsync("generation 1 keeps running");
        Assert.Contains("error OVP4002", loop.Text, StringComparison.Ordinal);
        Assert.Contains(" space on", loop.Text, StringComparison.Ordinal);

        File.Delete(Path.Combine(Project, "full"));
        Replace("pkg/greeting.go", "\"Ahoy\"", "\"Servus\"");
        await loop.WaitForAsync("generation 2");
        await loop.WaitForAsync("problems: none");

        loop.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await loop.ExitAsync());
        await AssertNothingIsLeftAsync();
    }
}
