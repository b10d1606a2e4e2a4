using System.Diagnostics;
using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class FindingTheHost : HostScratch
{
    [Fact]
    public async Task Twenty_programs_that_look_for_it_at_once_find_the_same_one()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        FakeTool("pnpm", "exit 0\n");
        Environment["PATH"] = $"{Path.Combine(Root, "fakes")}:{System.Environment.GetEnvironmentVariable("PATH")}";

        var programs = Enumerable
            .Range(0, 20)
            .Select(_ => StartCommandLine("--vite-port", $"{OwnPorts.PortStart}"))
            .ToList();
        var addresses = await Task.WhenAll(
            programs.Select(async program =>
                (await program.WaitForAsync("  API  "))
                    .Split('\n')
                    .First(line => line.StartsWith("  API  ", StringComparison.Ordinal))));

        Assert.Single(addresses.Distinct());
        Assert.Single(Processes(" host --state-dir "));
        Assert.Single(Processes("vite.js"));
        programs.ForEach(program => program.Signal(PosixSignal.SIGTERM));
        Assert.All(await Task.WhenAll(
            programs.Select(program => program.ExitAsync())), exitCode => Assert.Equal(0, exitCode));
    }

    [Fact]
    public async Task Stopped_in_its_tracks_it_is_said_to_be_alive_and_serves_on_when_it_goes_on()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await KeepHostAsync();
        await dev.ViteReadyAsync();

        await StopAsync(dev.Host.Record.Pid);
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(HostAsync);
        Continue(dev.Host.Record.Pid);

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, refusal.Diagnostic.Code);
        Assert.Contains(
            $"PID {dev.Host.Record.Pid}) is alive but does not answer",
            refusal.Diagnostic.Message,
            StringComparison.Ordinal);
        Assert.Equal(dev.Host.Record.Pid, (await HostAsync()).Record.Pid);
        Assert.Equal(ProcessStatus.Ready, (await dev.Host.GetStateAsync("keeps-the-host", Cancellation)).Status);
    }

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

    [Fact]
    public async Task Its_log_is_cut_back_while_it_runs()
    {
        await KeepHostAsync();
        await File.AppendAllTextAsync(HostFiles.Log, new string('x', 11 * 1024 * 1024), Cancellation);
        await Poll.UntilAsync(() => new FileInfo(HostFiles.Log).Length == 0, "it is empty again");

        var untrusted = Plugins.Write(State, "plugins/odd/.devinfo", "{");
        await Poll.UntilAsync(
            () => File.ReadAllText(HostFiles.Log).Contains("left out of account", StringComparison.Ordinal),
            "it is written on");

        Assert.InRange(new FileInfo(HostFiles.Log).Length, 1, 1000);
        Assert.Equal(11 * 1024 * 1024, new FileInfo(HostFiles.Log + ".1").Length);
        File.Delete(untrusted);
    }

    [Fact]
    public async Task It_ends_by_itself_when_there_is_nothing_to_do()
    {
        using var host = await HostAsync();

        await host.WaitForEndAsync(Cancellation).WaitAsync(Limits.Wait, Cancellation);

        await AssertNothingIsLeftAsync();
        Assert.Equal("", await File.ReadAllTextAsync(HostFiles.Log, Cancellation));
    }

    [Fact]
    public async Task It_is_the_only_one_of_its_state_directory()
    {
        await HostAsync();

        var second = StartCommandLine("host", "--state-dir", State);

        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains($"Another dev host serves {State}", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_end_it_stops_everything_and_takes_its_files_along()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Terminate(dev.Host.Record.Pid);

        await AssertNothingIsLeftAsync();
        await dev.Ended;
        Assert.Equal(ProcessStatus.Stopped, dev.States[^1].Status);
    }

    [Fact]
    public async Task While_it_ends_it_starts_nothing_more()
    {
        CopyBackendDeafToTerm();
        var other = Path.Combine(Root, "other");
        Plugins.WriteUi(other, FakeVite.Good, "other");
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);
        using var host = await HostAsync();
        Terminate(host.Record.Pid);
        await Poll.UntilAsync(() => !File.Exists(HostFiles.Record(host.Record.Port)), "it has begun to end");

        var late = await Assert.ThrowsAsync<DiagnosticException>(
            () => host.StartAsync(new StartRequest(Settings(other), Owner: null), Cancellation));
        Kill(ready.PluginPid); // it would have five seconds

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, late.Diagnostic.Code);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Told_to_end_it_waits_for_a_plugin_that_does_not_want_to()
    {
        CopyBackendDeafToTerm();
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Terminate(dev.Host.Record.Pid);

        await dev.Ended.WaitAsync(Limits.Wait, Cancellation);
        Assert.Equal(ProcessStatus.Stopped, dev.States[^1].Status);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task The_command_line_told_to_end_waits_for_a_plugin_that_does_not_want_to()
    {
        CopyBackendDeafToTerm();
        var commandLine = StartCommandLine("--dir", Project);
        await commandLine.WaitForAsync("ready in ");

        commandLine.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await commandLine.ExitAsync());
        Assert.Empty(Processes(""));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task After_its_sudden_death_no_child_lives_on_and_the_next_one_finds_the_place_free()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var dead = dev.Host.Record.Pid;

        Kill(dead);

        await Poll.UntilAsync(() => Processes("").Count == 0, "everything has died with it");
        await dev.Ended;
        var next = await OpenAsync();
        await next.ReadyAsync(1);
        Assert.NotEqual(dead, next.Host.Record.Pid);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Single(HostFiles.Records);
    }

    [Fact]
    public async Task A_record_of_a_dead_host_or_of_a_stranger_with_its_number_misleads_nobody()
    {
        HostFiles.Create();
        var stranger = HostRecord.OfThisProcess(port: 1, HostFiles.Token(1)) with { StartTicks = 1 };
        stranger.Write(HostFiles.Record(1));
        await File.WriteAllTextAsync(stranger.TokenFile, "none", Cancellation);

        using var host = await HostAsync();

        Assert.NotEqual(System.Environment.ProcessId, host.Record.Pid);
        Assert.Single(HostFiles.Records);
    }

    [Fact]
    public async Task A_host_that_can_not_start_says_why()
    {
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() =>
            HostFinder.EnsureAsync(State, new HostCommand(FakeTool("dotnet", "echo 'the runtime is missing' >&2; " +
                "exit 150"), []), Cancellation));

        Assert.Equal(DiagnosticCodes.HostDidNotStart, refusal.Diagnostic.Code);
        Assert.Contains("150", refusal.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("the runtime is missing", refusal.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_ends_with_code_1_when_the_host_dies()
    {
        Plugins.CopyBackend(Project);
        var commandLine = StartCommandLine("--dir", Project);
        await commandLine.WaitForAsync("ready in ");

        Kill(Pid(Assert.Single(Processes(" host --state-dir "))));

        Assert.Equal(1, await commandLine.ExitAsync());
        File.Delete(DevInfo);
        HostFiles.Records.ToList().ForEach(File.Delete);
        Directory.EnumerateFiles(HostFiles.Path, "*.token").ToList().ForEach(File.Delete);
    }

    [Fact]
    public async Task The_command_line_told_to_end_while_it_starts_leaves_nothing()
    {
        Plugins.CopyBackend(Project);
        var commandLine = StartCommandLine("--dir", Project);
        await Poll.UntilAsync(() => Processes(" host --state-dir ").Count > 0, "the host is starting");

        commandLine.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await commandLine.ExitAsync());
        await AssertNothingIsLeftAsync();
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

    private void CopyBackendDeafToTerm()
    {
        Plugins.CopyBackend(Project);
        Replace(
            "pkg/goplugin/serve.go",
            "ctx, restore := signal.NotifyContext(context.Background(), syscall.SIGTERM)",
            "signal.Ignore(syscall.SIGTERM)\n\tctx, restore := context.WithCancel(context.Background())");
    }
}
