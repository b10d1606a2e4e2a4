using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class HostFinderTests : HostFinderTestBase
{
    [Fact]
    public async Task Without_a_directory_or_a_record_there_is_none()
    {
        Assert.Null(await FindAsync());
        Files.Create();
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task A_host_that_answers_for_its_record_is_found()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);

        using var client = await FindAsync();

        Assert.Equal(host.Record, client?.Record);
        Assert.Equal($"http://127.0.0.1:{host.Record.Port}/", client?.BaseAddress.ToString());
    }

    [Fact]
    public async Task Garbage_is_skipped_and_kept()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        foreach (
            var (index, text) in HostRecordTests
                .Garbage.Select(row => (string)((Xunit.ITheoryDataRow)row).GetData()[0]!)
                .Index())
        {
            File.WriteAllText(Files.Record(100_000 + index), text);
        }

        using var client = await FindAsync();

        Assert.NotNull(client);
        Assert.Equal(1 + HostRecordTests.Garbage.Count, Files.Records.Count());
    }

    [Fact]
    public async Task A_record_of_another_port_says_nothing_about_that_one()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        File.Move(Files.Record(host.Record.Port), Files.Record(1));
        var dead = ProcessIdentity.Current with { StartTicks = 1 };
        File.Copy(Files.Record(1), Files.Record(2));
        (host.Record with { StartTicks = dead.StartTicks }).Write(Files.Record(2));

        Assert.Null(await FindAsync());

        Assert.True(File.Exists(host.Record.TokenFile));
    }

    [Fact]
    public async Task What_a_dead_host_left_is_removed_and_nothing_else()
    {
        var precious = Folder.Write("precious", "x");
        var dead = ProcessIdentity.Current with { StartTicks = 1 }; // our number, but an earlier process
        var record = FakeHost.RecordOf(Files, dead, 40_001);
        FakeHost.Publish(Files, record);
        (FakeHost.RecordOf(Files, dead, 40_002) with { TokenFile = precious }).Write(Files.Record(40_002));

        Assert.Null(await FindAsync());

        Assert.Empty(Files.Records);
        Assert.False(File.Exists(record.TokenFile));
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public async Task A_host_of_an_earlier_run_of_the_machine_is_dead_even_if_its_number_and_ticks_are_taken_again()
    {
        FakeHost.Publish(
            Files, FakeHost.RecordOf(Files, ProcessIdentity.Current, 40_003) with { BootId = "another" });

        Assert.Null(await FindAsync());

        Assert.Empty(Files.Records);
    }

    [Fact]
    public async Task Another_dev_host_on_the_port_is_not_taken_for_it()
    {
        using var other = new FakeHost(Files) { Version = new HostVersion(HostVersion.Own, 1, 1) };
        FakeHost.Publish(Files, other.Record);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Another_web_server_on_the_port_is_not_taken_for_it()
    {
        using var other = new FakeHost(Files, async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.OutputStream.WriteAsync("<html>welcome</html>"u8.ToArray());
            context.Response.Close();
        })
        {
            Proves = null,
        };
        FakeHost.Publish(Files, other.Record);

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
        var record = FakeHost.RecordOf(Files, ProcessIdentity.Current, ((IPEndPoint)listener.LocalEndpoint).Port);
        FakeHost.Publish(Files, record);

        var finding = FindAsync();
        using (await listener.AcceptTcpClientAsync(Cancellation))
        {
            File.Delete(Files.Record(record.Port));
            listener.Stop(); // so that a second try fails at once
        }

        Assert.Null(await finding);
    }

    [Fact]
    public async Task A_host_of_another_version_is_OVP3002_and_named()
    {
        using var host = new FakeHost(Files)
        {
            Version = new HostVersion("0.0.1-other", ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks),
        };
        FakeHost.Publish(Files, host.Record);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostVersionDiffers, problem.Code);
        Assert.Contains("0.0.1-other", problem.Message);
        Assert.Contains(HostVersion.Own, problem.Message);
        Assert.Contains($"{Environment.ProcessId}", problem.Message);
    }

    [Fact]
    [UnixOnly("Windows can't stop a process in its tracks")]
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
        Assert.False(File.Exists(Folder["started"]));
    }
}
