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
    public async Task It_is_the_only_one_of_its_state_directory()
    {
        await HostAsync();

        var second = StartCommandLine("host", "--state-dir", State);

        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains($"Another dev host serves {State}", second.Text, StringComparison.Ordinal);
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
}
