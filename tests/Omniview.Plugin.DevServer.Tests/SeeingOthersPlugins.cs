using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class SeeingOthersPlugins : OthersScratch
{
    [Fact]
    public async Task One_that_someone_else_runs_is_listed_while_it_lives_and_is_never_signalled()
    {
        using var api = new RawApi((await KeepHostAsync()).Host.Record);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var other = Sleep();
        Write("theirs", other.Id, listener.LocalEndpoint.ToString()!, vitePort: 15173);

        var state = await StateAsync(api, "theirs", state => state.Mode == "external");
        Assert.Equal(
            ("ready", "ready", true, "", 15173, other.Id),
            (state.GoStatus, state.ViteStatus, state.GrpcConnected, state.DevPath, state.VitePort, state.PluginPid));
        Assert.Equal(2, (await api.GetAsync("plugins")).Body.GetArrayLength());
        Assert.Equal(other.Id, (await api.GetAsync("plugins/theirs/external")).Body.GetProperty("pid").GetInt32());
        foreach (var command in new[] { "stop", "restart", "rebuild" })
        {
            var (status, problem) = await api.PostAsync($"plugins/theirs/{command}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains(
                other.Id.ToString(CultureInfo.InvariantCulture),
                problem.GetProperty("detail").GetString(),
                StringComparison.Ordinal);
        }

        listener.Stop();
        Write("theirs", other.Id, "127.0.0.1:1");
        await StateAsync(
            api, "theirs", state => state is { Mode: "external", GrpcConnected: false, ViteStatus: "idle" });
        Assert.False(other.HasExited);

        other.Kill();
        await StateAsync(api, "theirs", state => state.Mode == "idle");
        await Poll.UntilAsync(() => !File.Exists(DevInfoOf("theirs")), "the dead one's file is gone");
    }

    [Fact]
    public async Task Many_that_appear_with_their_folders_are_all_found_and_told_as_events()
    {
        using var api = new RawApi((await KeepHostAsync()).Host.Record);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var events = (await api.FollowAsync()).GetAsyncEnumerator(Cancellation);

        var wanted = Enumerable.Range(0, 50).Select(i => $"many-{i}").ToHashSet();
        foreach (var id in wanted)
        {
            Write(id, System.Environment.ProcessId, listener.LocalEndpoint.ToString()!);
        }

        while (wanted.Count > 0 && await events.MoveNextAsync())
        {
            if (
                events.Current.EventType == DevEvents.Status
                && JsonSerializer.Deserialize<DevServerState>(events.Current.Data, WireJson.Options)
                    is { Mode: "external", GrpcConnected: true } state)
            {
                Assert.True(wanted.Remove(state.PluginId), $"{state.PluginId} came twice");
            }
        }

        File.Delete(DevInfoOf("many-7"));
        await StateAsync(api, "many-7", state => state.Mode == "idle");
        Enumerable.Range(0, 50).ToList().ForEach(i => File.Delete(DevInfoOf($"many-{i}")));
    }

    [Fact]
    public async Task One_that_serves_a_plugin_of_ours_is_reported_until_it_ends_and_then_the_file_is_ours_again()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);
        var other = Sleep();

        Write(Plugins.Id, other.Id, "127.0.0.1:1");
        var problem = await dev.ErrorAsync(DiagnosticCodes.ExternalPlugin);
        Assert.Equal("warning", problem.Severity);
        Assert.Contains($"PID {other.Id}", problem.Message, StringComparison.Ordinal);
        Assert.Equal("managed", (await dev.Host.GetStateAsync(Plugins.Id, Cancellation)).Mode);

        Plugins.Write(Project, "pkg/more.go", "package main\n\nvar More = true\n");
        ready = await dev.ReadyAsync(2);
        Assert.Equal(other.Id, DevInfoFile.Read(DevInfo)!.Pid); // a swap takes it no more than anything else

        other.Kill();
        await dev.ErrorsAsync(errors => errors.Count == 0);
        await Poll.UntilAsync(
            () => DevInfoFile.Read(DevInfo)?.Pid == ready.PluginPid, "the file names our plugin again");
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task One_that_was_there_before_ours_stays_with_Omniview_as_long_as_it_lives()
    {
        Plugins.CopyBackend(Project);
        var other = Sleep();
        Write(Plugins.Id, other.Id, "127.0.0.1:1");
        var dev = await OpenAsync();

        var ready = await dev.ReadyAsync(1);
        await Poll.UntilAsync(
            () => dev.Errors.Any(error => error.Code == DiagnosticCodes.ExternalPlugin), "the other one is told of");
        Assert.Equal(other.Id, DevInfoFile.Read(DevInfo)!.Pid);

        other.Kill();
        await Poll.UntilAsync(() => DevInfoFile.Read(DevInfo)?.Pid == ready.PluginPid, "the file names our plugin");
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task One_whose_number_another_process_has_by_now_is_in_nobodys_way()
    {
        Plugins.CopyBackend(Project);
        var other = Sleep();
        Write(Plugins.Id, other.Id, "127.0.0.1:1");
        File.SetLastWriteTimeUtc(DevInfo, DateTime.UtcNow.AddDays(-1)); // before that process began
        var dev = await OpenAsync();

        var ready = await dev.ReadyAsync(1);

        Assert.Equal(ready.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
    }

    [Fact]
    public async Task An_address_that_no_system_takes_does_not_keep_the_host_from_looking_after_its_plugins()
    {
        Plugins.CopyBackend(Project);
        using var host = await HostAsync();
        var other = Sleep();
        Write("long", other.Id, "/" + new string('x', 107));
        var owner = Sleep();
        await host.StartAsync(new StartRequest(Settings(Project), ProcessIdentity.Of(owner.Id)), Cancellation);
        await Poll.UntilAsync(
            () => File.ReadAllText(HostFiles.Log).Contains("is left out of account", StringComparison.Ordinal),
            "it has been looked at");

        owner.Kill();
        await Poll.UntilAsync(
            async () => (await host.GetStateAsync(Plugins.Id, Cancellation)).Mode == "idle", "what only the dead " +
                "one held is stopped");
        File.Delete(DevInfoOf("long"));
    }
}
