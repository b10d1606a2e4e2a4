using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// The state directory is a small file system of its own, in a name space of its own, that is full or read-only.
/// </summary>
public sealed class LosingItsDisk : HostScratch
{
    /// <summary>Makes a mount that only what is started behind it sees; $1 says what becomes of it then.</summary>
    private const string Mounted =
        "mount -t tmpfs -o size=1m,mode=700 state \"$OMNIVIEW_STATE_DIR\" && sh -c \"$1\" && shift && exec \"$@\"";

    [Theory]
    [InlineData("mount -o remount,ro \"$OMNIVIEW_STATE_DIR\"", "Read-only file system")]
    [InlineData(
        "mkdir -p -m 700 \"$OMNIVIEW_STATE_DIR/devhost\"; mount -o remount,ro \"$OMNIVIEW_STATE_DIR\"",
        "Read-only file system"
    )]
    [InlineData(
        "mkdir -p -m 700 \"$OMNIVIEW_STATE_DIR/devhost\"; "
            + "dd if=/dev/zero of=\"$OMNIVIEW_STATE_DIR/fill\" bs=4k 2>/dev/null; true",
        "No space left on device"
    )]
    public async Task At_the_start_that_is_what_is_said_and_ps_goes_on(string script, string why)
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        Directory.CreateDirectory(State);

        var loop = StartMounted(script, "--vite-port", $"{OwnPorts.PortStart}");
        Assert.Equal(1, await loop.ExitAsync());
        var ps = StartMounted(script, "ps");
        Assert.Equal(0, await ps.ExitAsync());

        Assert.Contains(
            $"error {DiagnosticCodes.HostDidNotStart}: The dev host can't use its directory {HostFiles.Path}: ",
            loop.Text,
            StringComparison.Ordinal);
        Assert.Contains(why, loop.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", loop.Text, StringComparison.Ordinal);
        Assert.Contains("No dev host runs", ps.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_only_at_the_stop_everything_is_stopped_all_the_same()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var settings = Path.Combine(Root, "dev.json");
        // A mount of its own over it: the one below has files that are being written, and Linux makes no such one
        // read-only. Nor one in which a file has been opened for writing since, so it is tried until it works.
        var mount =
            $"mount --bind '{State}' '{State}' && until mount -o remount,bind,ro '{State}'; do sleep 0.05; done";
        var go = FakeTool(
            "go",
            // A newer save ends a go that still asks what the program is made of, and it must not end between the two.
            $"trap '' TERM\n[ ! -e read-only ] || [ -e is-read-only ] || {{ {mount} && touch is-read-only; }}\n"
            + "trap - TERM\nexec go \"$@\"\n");
        new Core.Wire.DevSettingsFile(
            State,
            Settings(Project) with
            {
                Go = new() { ToolPath = go },
                Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") },
            }
        ).Write(settings);
        Directory.CreateDirectory(State);
        var loop = Start(
            "mount -t tmpfs -o size=64m,mode=700 state \"$OMNIVIEW_STATE_DIR\" && shift && exec \"$@\"",
            "",
            "--settings",
            settings);
        await loop.WaitForAsync("generation 1");

        Write("read-only", "");
        Write("pkg/another.go", "package main\n"); // a new file makes it go's
        await Poll.UntilAsync(() => File.Exists(Path.Combine(Project, "is-read-only")), "it is read-only");
        loop.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await loop.ExitAsync());
        Assert.DoesNotContain("   at ", loop.Text, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    private Shell StartMounted(string script, params string[] arguments) =>
        Start(Mounted, script, arguments);

    private Shell Start(string script, string then, params string[] arguments) =>
        StartCommandLineWith(["unshare", "-Urm", "sh", "-c", script, "sh", then], arguments);
}
