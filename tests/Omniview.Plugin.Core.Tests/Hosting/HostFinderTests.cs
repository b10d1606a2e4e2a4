using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class HostFinderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HostDirectory _directory;

    public HostFinderTests() => _directory = new HostDirectory(_folder["state"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_directory_or_a_record_there_is_none()
    {
        Assert.Null(await FindAsync());
        _directory.Create();
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task A_host_that_answers_for_its_record_is_found()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);

        using var client = await FindAsync();

        Assert.Equal(host.Record, client?.Record);
        Assert.Equal($"http://127.0.0.1:{host.Record.Port}/", client?.BaseAddress.ToString());
    }

    [Fact]
    public async Task Garbage_is_skipped_and_kept()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        foreach (
            var (index, text) in HostRecordTests
                .Garbage.Select(row => (string)((Xunit.ITheoryDataRow)row).GetData()[0]!)
                .Index())
        {
            File.WriteAllText(_directory.Record(100_000 + index), text);
        }

        using var client = await FindAsync();

        Assert.NotNull(client);
        Assert.Equal(1 + HostRecordTests.Garbage.Count, _directory.Records.Count());
    }

    [Fact]
    public async Task No_other_file_than_the_one_beside_the_record_is_sent_as_its_token()
    {
        var sent = new List<string?>();
        using var host = new FakeHost(_directory, context =>
        {
            sent.Add(context.Request.Headers["Authorization"]);
            return FakeHost.JsonAsync(context, FakeHost.OwnVersion);
        });
        FakeHost.Publish(_directory, host.Record);
        (host.Record with { TokenFile = _folder.Write("precious", "private") }).Write(
            _directory.Record(host.Record.Port));

        using var client = await FindAsync();

        Assert.NotNull(client);
        Assert.Equal([$"Bearer {FakeHost.Token}"], sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another token")]
    public async Task Who_does_not_prove_to_have_the_token_is_sent_neither_it_nor_a_request(string? token)
    {
        var asked = new List<string>();
        using var impostor = new FakeHost(_directory, context =>
        {
            lock (asked)
            {
                asked.Add($"{context.Request.Url!.AbsolutePath} {context.Request.Headers["Authorization"]}");
            }

            return FakeHost.JsonAsync(context, FakeHost.OwnVersion);
        })
        {
            Proves = token,
        };
        FakeHost.Publish(_directory, impostor.Record);

        if (token is null)
        {
            Assert.Null(await FindAsync());
        }
        else
        {
            Assert.Equal(
                DiagnosticCodes.HostDoesNotAnswer,
                (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
        }

        Assert.All(asked, one => Assert.Equal($"{HostProof.Path} ", one));
    }

    [Fact]
    public async Task Another_program_that_has_the_port_by_the_next_connection_is_sent_nothing()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        using var client = await FindAsync();
        host.Dispose();
        var asked = new List<string?>();
        using var successor = new FakeHost(_directory, context =>
        {
            asked.Add(context.Request.Headers["Authorization"]);
            return FakeHost.JsonAsync(context, Array.Empty<DevServerState>());
        }, host.Record.Port)
        {
            Proves = "its own",
        };

        await Assert.ThrowsAsync<DiagnosticException>(() => client!.ListAsync(Cancellation));

        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("hard link")]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("writable by others")]
    public async Task A_token_that_can_be_another_files_is_not_read(string kind)
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        var token = host.Record.TokenFile;
        var precious = _folder.Write("precious", FakeHost.Token);
        if (kind != "writable by others")
        {
            File.Delete(token);
        }

        await BreakAsync(token, kind, precious);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Code);
        Assert.Contains($"its token can't be used: '{token}' ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(FakeHost.Token, File.ReadAllText(precious));
    }

    [Fact]
    public async Task A_record_of_another_port_says_nothing_about_that_one()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        File.Move(_directory.Record(host.Record.Port), _directory.Record(1));
        var dead = ProcessIdentity.Current with { StartTicks = 1 };
        File.Copy(_directory.Record(1), _directory.Record(2));
        (host.Record with { StartTicks = dead.StartTicks }).Write(_directory.Record(2));

        Assert.Null(await FindAsync());

        Assert.True(File.Exists(host.Record.TokenFile));
    }

    [Fact]
    public async Task A_directory_that_others_may_write_is_refused_before_anything_in_it_is_read()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        foreach (var folder in new[] { _directory.StateDirectory, _directory.Path })
        {
            var before = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, before | UnixFileMode.OtherWrite);

            foreach (
                var problem in new[]
                {
                    (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic,
                    (
                        await Assert.ThrowsAsync<DiagnosticException>(() => EnsureAsync("touch \"$0/started\""))
                    ).Diagnostic,
                })
            {
                Assert.Equal((DiagnosticCodes.StateDirectoryExposed, folder), (problem.Code, problem.File));
                Assert.Contains("chmod go-w", problem.Message, StringComparison.Ordinal);
            }

            File.SetUnixFileMode(folder, before);
        }

        Assert.False(File.Exists(_folder["started"]));
        using var client = await FindAsync();
        Assert.NotNull(client);
    }

    [Theory]
    [InlineData("devhost")]
    [InlineData("")]
    public async Task A_directory_of_another_user_is_refused_and_named(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be two users");
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        var theirs = Path.TrimEndingDirectorySeparator(Path.Combine(_directory.StateDirectory, name));
        await RunAsync("chown", "12345", theirs);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal((DiagnosticCodes.StateDirectoryExposed, theirs), (problem.Code, problem.File));
        Assert.Contains("UID 12345, you are 0", problem.Message, StringComparison.Ordinal);
        Assert.Contains("without sudo", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_a_link_is_refused_but_the_state_directory_may_be_one()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        Directory.CreateSymbolicLink(_folder["elsewhere"], _directory.StateDirectory);
        using (var client = await HostFinder.FindAsync(_folder["elsewhere"], Cancellation))
        {
            Assert.NotNull(client);
        }

        Directory.Move(_directory.Path, _folder["moved"]);
        Directory.CreateSymbolicLink(_directory.Path, _folder["moved"]);

        Assert.Equal(
            DiagnosticCodes.StateDirectoryExposed,
            (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
    }

    [Fact]
    public async Task What_can_not_be_of_a_dev_host_is_set_aside_by_who_starts_one_told_once_and_kept()
    {
        _directory.Create();
        var precious = _folder.Write("precious", "private");
        await BreakAsync(_directory.Record(1), "pipe", precious);
        await BreakAsync(_directory.LastPort, "folder", precious);
        await BreakAsync(_directory.Log, "link", precious);
        await BreakAsync(_directory.Token(1), "hard link", precious);
        _folder.Write("state/devhost/groups", "a file");
        _folder.Write("state/devhost/host.2.json", "{");
        var told = new List<Diagnostic>();

        await Assert.ThrowsAsync<DiagnosticException>(
            () => HostFinder.EnsureAsync(_directory.StateDirectory, Command("exit 1"), Cancellation, told.Add));
        await Assert.ThrowsAsync<DiagnosticException>(
            () => HostFinder.EnsureAsync(_directory.StateDirectory, Command("exit 1"), Cancellation, told.Add));

        Assert.All(told, one => Assert.Equal(DiagnosticCodes.StateFileUnusable, one.Code));
        Assert.Equal(
            ["groups", "host.1.json", "host.1.token", "host.2.json", "host.log", "port"],
            told.Select(one => Path.GetFileName(one.File)).Order(StringComparer.Ordinal));
        Assert.All(told, one => Assert.True(Path.Exists(one.File + ".unusable"), one.File));
        Assert.Equal("private", File.ReadAllText(precious));
    }

    [Fact]
    public async Task What_a_dead_host_left_is_removed_and_nothing_else()
    {
        var precious = _folder.Write("precious", "x");
        var dead = ProcessIdentity.Current with { StartTicks = 1 }; // our number, but an earlier process
        var record = FakeHost.RecordOf(_directory, dead, 40_001);
        FakeHost.Publish(_directory, record);
        (FakeHost.RecordOf(_directory, dead, 40_002) with { TokenFile = precious }).Write(_directory.Record(40_002));

        Assert.Null(await FindAsync());

        Assert.Empty(_directory.Records);
        Assert.False(File.Exists(record.TokenFile));
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public async Task A_host_of_an_earlier_run_of_the_machine_is_dead_even_if_its_number_and_ticks_are_taken_again()
    {
        FakeHost.Publish(
            _directory, FakeHost.RecordOf(_directory, ProcessIdentity.Current, 40_003) with { BootId = "another" });

        Assert.Null(await FindAsync());

        Assert.Empty(_directory.Records);
    }

    [Fact]
    public async Task Another_dev_host_on_the_port_is_not_taken_for_it()
    {
        using var other = new FakeHost(_directory) { Version = new HostVersion(HostVersion.Own, 1, 1) };
        FakeHost.Publish(_directory, other.Record);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Another_web_server_on_the_port_is_not_taken_for_it()
    {
        using var other = new FakeHost(_directory, async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.OutputStream.WriteAsync("<html>welcome</html>"u8.ToArray());
            context.Response.Close();
        })
        {
            Proves = null,
        };
        FakeHost.Publish(_directory, other.Record);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task A_listener_that_is_no_web_server_is_not_taken_for_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Publish(ProcessIdentity.Current, listener);
        var finding = Assert.ThrowsAsync<DiagnosticException>(FindAsync);
        using (var client = await listener.AcceptTcpClientAsync(Cancellation))
        {
            await client.GetStream().WriteAsync("SSH-2.0-x\r\n"u8.ToArray(), Cancellation);
        }

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, (await finding).Diagnostic.Code);
    }

    [Fact]
    public async Task A_host_that_has_taken_its_record_back_when_it_breaks_off_is_on_its_way_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var record = FakeHost.RecordOf(_directory, ProcessIdentity.Current, ((IPEndPoint)listener.LocalEndpoint).Port);
        FakeHost.Publish(_directory, record);

        var finding = FindAsync();
        using (await listener.AcceptTcpClientAsync(Cancellation))
        {
            File.Delete(_directory.Record(record.Port));
            listener.Stop(); // so that a second try fails at once
        }

        Assert.Null(await finding);
    }

    [Fact]
    public async Task A_host_that_refuses_our_token_does_not_count_as_ours()
    {
        using var host = new FakeHost(_directory);
        FakeHost.Publish(_directory, host.Record);
        File.WriteAllText(host.Record.TokenFile, "wrong");

        Assert.Equal(
            DiagnosticCodes.HostDoesNotAnswer,
            (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
    }

    [Fact]
    public async Task A_host_of_another_version_is_OVP3002_and_named()
    {
        using var host = new FakeHost(_directory)
        {
            Version = new HostVersion("0.0.1-other", ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks),
        };
        FakeHost.Publish(_directory, host.Record);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostVersionDiffers, problem.Code);
        Assert.Contains("0.0.1-other", problem.Message);
        Assert.Contains(HostVersion.Own, problem.Message);
        Assert.Contains($"{Environment.ProcessId}", problem.Message);
    }

    [Fact]
    public async Task A_host_that_is_stopped_in_its_tracks_is_OVP3003_and_no_second_one_is_started()
    {
        await using var host = ManagedProcess.Start(Sh.Script("kill -STOP $$; exec sleep 300"), _ => { });
        await Until.TrueAsync(() => ProcStat.Read(host.Id)?.State == 'T', "the host is stopped");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(); // the system goes on accepting for a stopped process
        Publish(ProcessIdentity.Of(host.Id)!, listener);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => EnsureAsync("touch \"$0/started\""))).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Code);
        Assert.Contains($"PID {host.Id}", problem.Message);
        Assert.False(File.Exists(_folder["started"]));
    }

    [Fact]
    public async Task A_host_that_ends_while_starting_is_OVP3001_at_once_with_its_own_last_words()
    {
        _directory.Create();
        File.WriteAllText(_directory.Log, "of an earlier host\n");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => EnsureAsync("echo 'one last'; echo 'no luck' >&2; exit 7"))).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains("exit code 7", problem.Message);
        Assert.EndsWith(":\none last\nno luck", problem.Message);
        Assert.Contains(_directory.Log, problem.Message);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_OVP3001()
    {
        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(_directory.StateDirectory, new HostCommand(_folder["missing"], []), Cancellation)
            )
        ).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains(_folder["missing"], problem.Message);
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_used_is_OVP3001_and_named()
    {
        _folder.Write("state", "a file");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(() => EnsureAsync("exit 1"))).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDidNotStart, problem.Code);
        Assert.Contains(_directory.Path, problem.Message);
    }

    [Fact]
    public async Task A_host_that_ended_in_good_order_because_nobody_came_in_time_is_started_again()
    {
        var problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => EnsureAsync("echo start >> \"$0/starts\"; [ $(wc -l < \"$0/starts\") = 1 ] || exit 7"))).Diagnostic;

        Assert.Contains("ended with exit code 7", problem.Message);
        Assert.Equal(2, File.ReadLines(_folder["starts"]).Count());
    }

    [Fact]
    public async Task A_host_that_does_not_come_up_is_ended_and_OVP3001()
    {
        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(
                    _directory.StateDirectory,
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
        _directory.Create();
        await using var held = FileLock.TryTake(_directory.Lock);

        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                HostFinder.EnsureAsync(
                    _directory.StateDirectory,
                    Command("touch \"$0/started\""),
                    TimeSpan.FromMilliseconds(200),
                    Cancellation))
        ).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Code);
        Assert.Contains(_directory.Lock, problem.Message);
        Assert.False(File.Exists(_folder["started"]));
    }

    [Fact]
    public async Task Of_many_who_want_a_host_one_starts_it_and_it_is_on_its_own()
    {
        using var host = new FakeHost(_directory, context => FakeHost.JsonAsync(context, Version()));
        var port = host.Record.Port;
        var command = Command($$"""
            echo $$ >> "$0/starts"
            env > "$0/environment"
            printf {{FakeHost.Token}} > '{{_directory.Token(port)}}'
            printf '{"pid":%d,"start_ticks":%d,"host":"127.0.0.1","port":%d,' \
              $$ $(cut -d ' ' -f 22 /proc/$$/stat) {{port}} > "$0/half"
            printf '"version":"x","started_at":"","token_file":"%s"}' '{{_directory.Token(port)}}' >> "$0/half"
            mv "$0/half" '{{_directory.Record(port)}}'
            exec sleep 300
            """);

        var clients = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => HostFinder.EnsureAsync(_directory.StateDirectory, command, Cancellation))));

        var pid = PidIn("starts"); // one line
        try
        {
            Assert.All(clients, client => Assert.Equal(pid, client.Record.Pid));
            Assert.Equal(pid, ProcStat.Read(pid)?.Group);
            Assert.DoesNotContain(
                File.ReadAllLines(_folder["environment"]),
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
            _directory.Records.Select(HostRecord.Read).Single() is { } record
            ? new(HostVersion.Own, record.Pid, record.StartTicks)
            : new("", 0, 0);
    }

    public void Dispose() => _folder.Dispose();

    private Task<HostClient?> FindAsync() => HostFinder.FindAsync(_directory.StateDirectory, Cancellation);

    private Task<HostClient> EnsureAsync(string script) =>
        HostFinder.EnsureAsync(_directory.StateDirectory, Command(script), Cancellation);

    /// <summary>A script that plays the host program; <c>$0</c> is the test's folder.</summary>
    private HostCommand Command(string script) => new("/bin/sh", ["-c", script, _folder.Path]);

    private void Publish(ProcessIdentity process, TcpListener listener) =>
        FakeHost.Publish(_directory, FakeHost.RecordOf(_directory, process, ((IPEndPoint)listener.LocalEndpoint).Port));

    private static Task BreakAsync(string file, string kind, string other)
    {
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(file, other);
                return Task.CompletedTask;
            case "folder":
                Directory.CreateDirectory(file);
                return Task.CompletedTask;
            case "hard link":
                return RunAsync("ln", other, file);
            case "pipe":
                return RunAsync("mkfifo", file);
            default:
                return RunAsync("chmod", "666", file);
        }
    }

    private static async Task RunAsync(string tool, params string[] arguments) =>
        Assert.Equal(
            0, await ToolRunner.RunAsync(Sh.Script("exec \"$@\"", [tool, .. arguments]), _ => { }, Cancellation));

    private int PidIn(string file) =>
        int.Parse(File.ReadAllText(_folder[file]), System.Globalization.CultureInfo.InvariantCulture);
}
