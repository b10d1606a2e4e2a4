using System.Diagnostics;
using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class SharingItsFolderWithAnotherUser : HostScratch
{
    [Fact]
    public async Task What_another_user_or_a_broken_disk_has_left_in_its_folder_does_not_hinder_it()
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "only root can be two users");
        Plugins.WriteUi(Project, FakeVite.Good);
        var living = HostRecord.OfThisProcess(40_001, HostFiles.Token(40_001));
        HostFiles.Create();
        living.Write(HostFiles.Record(40_001));
        var whole = await File.ReadAllBytesAsync(HostFiles.Record(40_001), Cancellation);
        await File.WriteAllBytesAsync(HostFiles.Record(40_002), whole[..^20], Cancellation);
        await File.WriteAllTextAsync(HostFiles.Record(40_003), "", Cancellation);
        Directory.CreateDirectory(HostFiles.Record(40_004));
        (living with { StartTicks = 1, Port = 40_005, TokenFile = HostFiles.Token(40_005) })
            .Write(HostFiles.Record(40_005));
        File.SetUnixFileMode(HostFiles.Record(40_005), UnixFileMode.UserRead);
        await GiveAwayAsync(Root, HostFiles.Record(40_001));

        var program = StartAsNobody();
        await program.WaitForAsync("  API  ");

        foreach (var port in Enumerable.Range(40_001, 4))
        {
            Assert.Contains(
                $"{HostFiles.Record(port)}: warning {DiagnosticCodes.StateFileUnusable}: ",
                program.Text,
                StringComparison.Ordinal);
        }

        Assert.Equal(whole, await File.ReadAllBytesAsync(HostFiles.Record(40_001) + ".unusable", Cancellation));
        Assert.Equal(whole[..^20], await File.ReadAllBytesAsync(HostFiles.Record(40_002) + ".unusable", Cancellation));
        Assert.True(Directory.Exists(HostFiles.Record(40_004) + ".unusable"));
        Assert.False(File.Exists(HostFiles.Record(40_005)), "what a dead host left is still there");
        program.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await program.ExitAsync());
    }

    [Theory]
    [InlineData(".lock", DiagnosticCodes.HostDidNotStart)]
    [InlineData(".starting", DiagnosticCodes.HostDidNotStart)]
    [InlineData("", DiagnosticCodes.StateDirectoryExposed)]
    public async Task What_it_can_not_do_without_is_named_when_it_is_another_users(string name, string code)
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "only root can be two users");
        Plugins.WriteUi(Project, FakeVite.Good);
        HostFiles.Create();
        var theirs = name.Length > 0 ? Plugins.Write(HostFiles.Path, name, "") : HostFiles.Path;
        File.SetUnixFileMode(
            theirs, UnixFileMode.UserRead | (name.Length > 0 ? UnixFileMode.UserWrite : UnixFileMode.UserExecute));
        await GiveAwayAsync(Root, theirs);

        var program = StartAsNobody();

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains($"error {code}: ", program.Text, StringComparison.Ordinal);
        Assert.Contains(theirs, program.Text, StringComparison.Ordinal);
    }

    private const string Nobody = "65534";

    /// <summary>Everything in the folder becomes another user's but for one file or folder.</summary>
    private static async Task GiveAwayAsync(string folder, string except)
    {
        foreach (var (owner, what) in new[] { (Nobody, folder), ("0", except) })
        {
            using var chown = Process.Start("chown", ["-R", owner, what]);
            await chown.WaitForExitAsync(Cancellation);
            Assert.Equal(0, chown.ExitCode);
        }
    }

    private Shell StartAsNobody()
    {
        FakeTool("pnpm", "exit 0\n");
        File.SetUnixFileMode(Root, (UnixFileMode)0b111_101_101);
        Environment["PATH"] = $"{Path.Combine(Root, "fakes")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        return StartCommandLineWith(
            ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"],
            "--vite-port",
            $"{OwnPorts.PortStart}");
    }
}
