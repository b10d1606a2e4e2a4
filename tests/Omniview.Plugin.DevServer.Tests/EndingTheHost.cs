using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class EndingTheHost : HostScratch
{
    [Fact]
    public async Task It_ends_by_itself_when_there_is_nothing_to_do()
    {
        using var host = await HostAsync();

        await host.WaitForEndAsync(Cancellation).WaitAsync(Limits.Wait, Cancellation);

        await AssertNothingIsLeftAsync();
        Assert.Equal("", await File.ReadAllTextAsync(HostFiles.Log, Cancellation));
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

    private void CopyBackendDeafToTerm()
    {
        Plugins.CopyBackend(Project);
        Replace(
            "pkg/goplugin/serve.go",
            "ctx, restore := signal.NotifyContext(context.Background(), syscall.SIGTERM)",
            "signal.Ignore(syscall.SIGTERM)\n\tctx, restore := context.WithCancel(context.Background())");
    }
}
