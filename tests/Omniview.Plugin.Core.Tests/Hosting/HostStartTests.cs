using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>Who finds no host starts one.</summary>
[UnixOnly("the hosts are shell scripts; LaunchingOnWindows has what holds there")]
public sealed class HostStartTests : HostFinderTestBase
{
    [Fact]
    public async Task A_host_that_ends_while_starting_is_OVP3001_at_once_with_its_own_last_words()
    {
        Files.Create();
        File.WriteAllText(Files.Log, "of an earlier host\n");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => EnsureAsync("echo 'one last'; echo 'no luck' >&2; exit 7"))).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains("exit code 7", problem.Message);
        Assert.EndsWith(":\none last\nno luck", problem.Message);
        Assert.Contains(Files.Log, problem.Message);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_OVP3001()
    {
        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(Files.StateDirectory, new HostCommand(Folder["missing"], []), Cancellation)
            )
        ).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains(Folder["missing"], problem.Message);
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_used_is_OVP3001_and_named()
    {
        Folder.Write("state", "a file");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(() => EnsureAsync("exit 1"))).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains(Files.Path, problem.Message);
    }

    [Fact]
    public async Task A_host_that_ended_in_good_order_because_nobody_came_in_time_is_started_again()
    {
        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => EnsureAsync("echo start >> \"$0/starts\"; [ $(wc -l < \"$0/starts\") = 1 ] || exit 7"))).Diagnostic;

        Assert.Contains("ended with exit code 7", problem.Message);
        Assert.Equal(2, File.ReadLines(Folder["starts"]).Count());
    }

    [Fact]
    public async Task A_host_that_does_not_come_up_is_ended_and_OVP3001()
    {
        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(
                    Files.StateDirectory,
                    Command("echo $$ > \"$0/pid\"; exec sleep 300"),
                    TimeSpan.FromSeconds(5),
                    Cancellation))
        ).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains("5 s", problem.Message);
        await Until.GoneAsync(PidIn("pid"));
    }

    [Fact]
    public async Task A_host_that_does_not_get_done_with_ending_is_OVP3003()
    {
        Files.Create();
        await using var held = FileLock.TryTake(Files.Lock);

        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(
                    Files.StateDirectory,
                    Command("touch \"$0/started\""),
                    TimeSpan.FromMilliseconds(200),
                    Cancellation))
        ).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Code);
        Assert.Contains(Files.Lock, problem.Message);
        Assert.False(File.Exists(Folder["started"]));
    }

    [Fact]
    public async Task Of_many_who_want_a_host_one_starts_it_and_it_is_on_its_own()
    {
        using var host = new FakeHost(Files, context => FakeHost.JsonAsync(context, Version()));
        var port = host.Record.Port;
        var command = Command($$"""
            echo $$ >> "$0/starts"
            env > "$0/environment"
            printf {{FakeHost.Token}} > '{{Files.Token(port)}}'
            printf '{"pid":%d,"start_ticks":%d,"host":"127.0.0.1","port":%d,' \
              $$ $(cut -d ' ' -f 22 /proc/$$/stat) {{port}} > "$0/half"
            printf '"version":"x","started_at":"","token_file":"%s"}' '{{Files.Token(port)}}' >> "$0/half"
            mv "$0/half" '{{Files.Record(port)}}'
            exec sleep 300
            """);

        var clients = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => HostFinder.EnsureAsync(Files.StateDirectory, command, Cancellation))));

        var pid = PidIn("starts"); // one line
        try
        {
            Assert.All(clients, client => Assert.Equal(pid, client.Record.Pid));
            Assert.Equal(pid, ProcStat.Read(pid)?.Group);
            Assert.DoesNotContain(
                File.ReadAllLines(Folder["environment"]),
                line => line.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            await ToolRunner.RunAsync(Sh.Script("kill -9 $1", $"{pid}"), _ => { }, CancellationToken.None);
            foreach (var client in clients)
            {
                await client.WaitForEndAsync(Cancellation);
                client.Dispose();
            }
        }

        HostVersion Version() =>
            Files.Records.Select(HostRecord.Read).Single() is { } record
            ? new(HostVersion.Own, record.Pid, record.StartTicks)
            : new("", 0, 0);
    }
}
