using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class HoldingAPlugin : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_runs_until_the_last_session_has_ended()
    {
        var first = await OpenAsync();
        var ready = await first.ReadyAsync(1);
        var second = await OpenAsync();

        var kept = await first.Host.EndSessionAsync(first.Session.Started.SessionId, Cancellation);
        await first.Ended;

        Assert.Equal(new SessionEnded(PluginStopped: false, HostEnds: false), kept);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(ready.PluginPid, Pid(Assert.Single(RunningPlugins())));

        await second.Session.EndAsync();
        Assert.Empty(RunningPlugins());
    }

    [Fact]
    public async Task It_stops_when_its_owner_has_died()
    {
        using var host = await HostAsync();
        using var owner = Process.Start("sleep", "1000");
        await host.StartAsync(new StartRequest(Settings(Project), ProcessIdentity.Of(owner.Id)), Cancellation);
        await using (var watching = await OpenAsync())
        {
            await watching.ReadyAsync(1);
        }

        await Poll.UntilAsync(
            async () => (await host.GetStateAsync(Plugins.Id, Cancellation)).Status == ProcessStatus.Ready,
            "it runs without a session");
        Assert.Equal("Hello, Ada!", await GreetAsync());
        owner.Kill();

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Held_by_nobody_in_particular_it_runs_until_it_is_stopped()
    {
        using (var host = await HostAsync())
        {
            await host.StartAsync(new StartRequest(Settings(Project), Owner: null), Cancellation);
        }

        await using (var watching = await OpenAsync())
        {
            await watching.ReadyAsync(1);
        }

        using var later = await HostAsync();
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(
            new SessionEnded(PluginStopped: true, HostEnds: true), await later.StopAsync(Plugins.Id, Cancellation));
        Assert.Empty(RunningPlugins());
    }

    [Fact]
    public async Task A_start_returns_at_once_and_a_second_one_starts_nothing()
    {
        using var host = await HostAsync();
        var go = new WatchedGo(Path.Combine(Root, "fakes"));
        var settings = Settings(Project) with
        {
            Go = new DevSettings.GoSettings { ToolPath = FakeTool("go", WatchedGo.Script), Incremental = false },
        };
        go.HoldBuilds();

        var building = await host.StartAsync(new StartRequest(settings, ProcessIdentity.Current), Cancellation);
        var again = await host.StartAsync(new StartRequest(settings, ProcessIdentity.Current), Cancellation);

        Assert.Equal(ProcessStatus.Building, building.GoStatus);
        go.LetBuildsGo();
        var dev = await OpenAsync(settings);
        await dev.ReadyAsync(1);
        Assert.Single(RunningPlugins());
        Assert.Single(await host.ListAsync(Cancellation));
        Assert.Equal(again.DevPath, building.DevPath);
        await host.StopAsync(Plugins.Id, Cancellation);
    }

    [Fact]
    public async Task The_same_id_in_another_folder_is_refused()
    {
        var other = Path.Combine(Root, "other");
        Plugins.CopyBackend(other);
        await OpenAsync();

        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => OpenAsync(Settings(other)));

        Assert.Equal(DiagnosticCodes.PluginIdInUse, refusal.Diagnostic.Code);
        Assert.Contains(Project, refusal.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(other, "plugin.yaml"), refusal.Diagnostic.File);
    }

    [Fact]
    public async Task Several_plugins_run_beside_each_other()
    {
        var other = Path.Combine(Root, "other");
        Plugins.CopyBackend(other);
        foreach (var (file, before) in new[] { ("plugin.yaml", "id: "), ("pkg/main.go", "pluginID = \"") })
        {
            var path = Path.Combine(other, file);
            await File.WriteAllTextAsync(
                path,
                (await File.ReadAllTextAsync(path, Cancellation)).Replace(
                    before + Plugins.Id,
                    before + "second-one",
                    StringComparison.Ordinal),
                Cancellation);
        }

        var first = await OpenAsync();
        var second = await OpenAsync(Settings(other));
        await first.ReadyAsync(1);
        await second.ReadyAsync(1);

        Assert.Equal(2, RunningPlugins().Count);
        Assert.All(first.States, state => Assert.Equal(Plugins.Id, state.PluginId));
        Assert.All(second.Logs, entry => Assert.Equal("second-one", entry.PluginId));
        Assert.Equal(
            new SessionEnded(PluginStopped: true, HostEnds: false),
            await second.Host.EndSessionAsync(second.Session.Started.SessionId, Cancellation));
        Assert.Single(RunningPlugins());
    }

    [Fact]
    public async Task A_project_that_can_not_be_served_is_refused_with_its_own_problem()
    {
        Write("plugin.yaml", "id: Hello World\nversion: 0.1.0\ncapabilities: [resource]\n");
        var illegal = await Assert.ThrowsAsync<DiagnosticException>(OpenAsync);
        var missing = await Assert.ThrowsAsync<DiagnosticException>(
            () => OpenAsync(Settings(Path.Combine(Root, "nowhere"))));

        Assert.Equal(
            (DiagnosticCodes.PluginIdIllegal, 1, 5),
            (illegal.Diagnostic.Code, illegal.Diagnostic.Line, illegal.Diagnostic.Column));
        Assert.Equal(Path.Combine(Project, "plugin.yaml"), illegal.Diagnostic.File);
        Assert.Equal(DiagnosticCodes.ManifestNotFound, missing.Diagnostic.Code);
        Assert.Empty(await (await HostAsync()).ListAsync(Cancellation));
    }

    [Fact]
    public async Task One_that_nobody_started_is_idle_and_can_not_be_stopped()
    {
        using var host = await HostAsync();

        var idle = await host.GetStateAsync("nobody", Cancellation);
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => host.StopAsync("nobody", Cancellation));

        Assert.Equal(("nobody", "idle", ProcessStatus.Stopped), (idle.PluginId, idle.Mode, idle.Status));
        Assert.Contains("nobody", refusal.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticCodes.PluginNotServed, refusal.Diagnostic.Code);
    }
}
