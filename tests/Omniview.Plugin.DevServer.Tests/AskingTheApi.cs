using System.Net;
using System.Text.Json;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class AskingTheApi : HostScratch
{
    private static readonly string[] StateNames =
    [
        "pluginID", "mode", "devPath", "vitePort", "viteURL", "viteStatus", "goStatus", "lastBuildDuration",
        "lastBuildTime", "lastError", "grpcConnected",
        "generation", "stale", "staleReason", "pluginPid", "seq", "logLinesDropped", "pluginHealth", "viteError",
        "status",
    ];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private DevSettings WithFakeVite =>
        Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } };

    [Fact]
    public async Task A_plugin_nobody_runs_is_idle_and_has_nothing_to_show()
    {
        using var api = new RawApi((await HostAsync()).Record);

        var (status, state) = await api.GetAsync("plugins/nobody");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(StateNames, state.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            """{"pluginID":"nobody","mode":"idle","devPath":"","vitePort":0,"viteURL":"","viteStatus":"idle","goStatus":"idle","lastBuildDuration":0,"lastBuildTime":"","lastError":"","grpcConnected":false,"generation":0,"stale":false,"staleReason":"","pluginPid":0,"seq":0,"logLinesDropped":0,"pluginHealth":"","viteError":"","status":"stopped"}""",
            state.GetRawText());
        foreach (
            var (path, expected) in new[]
            {
                ("logs", "null"),
                ("errors", "[]"),
                ("builds", "[]"),
                ("process", "[]"),
                ("external", "null"),
            })
        {
            Assert.Equal((HttpStatusCode.OK, expected), await Text(api, $"plugins/nobody/{path}"));
        }
    }

    [Fact]
    public async Task What_can_not_be_done_is_refused_as_a_problem_with_a_type_and_a_reason()
    {
        using var api = new RawApi((await HostAsync()).Record);
        foreach (var (method, path, status, type) in new[]
        {
            ("POST", "plugins/nobody/stop", 422, "omniview:validation"),
            ("POST", "plugins/nobody/restart", 422, "omniview:validation"),
            ("POST", "plugins/nobody/rebuild", 422, "omniview:validation"),
            ("POST", "plugins/nobody/start", 404, "omniview:plugin/not-found"),
            ("GET", "plugins/Not%20An%20Id", 422, "omniview:validation"),
            ("POST", "plugins/..%2f..%2fetc/stop", 422, "omniview:validation"),
            ("GET", "nothing-here", 404, "about:blank"),
            ("GET", "shutdown", 405, "omniview:validation"),
            ("GET", "plugins/nobody/logs?count=many", 400, "omniview:validation"),
            ("POST", "plugins", 400, "omniview:validation"),
        })
        {
            var (answered, problem) = await api.SendAsync(new HttpMethod(method), path, body: null);

            Assert.True(status == (int)answered, $"{(int)answered} for {method} {path}");
            Assert.Equal(
                (type, status), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
            Assert.NotEqual("", problem.GetProperty("title").GetString());
            Assert.NotEqual("", problem.GetProperty("detail").GetString());
        }

        foreach (var path in new[] { "plugins/nobody/stop", "shutdown" }) // that takes no body, and a form none at all
        {
            Assert.Equal(
                HttpStatusCode.UnsupportedMediaType,
                (await api.SendAsync(HttpMethod.Post, path, "a=b", "application/x-www-form-urlencoded")).Status);
        }
    }

    [Fact]
    public async Task A_restart_replaces_both_processes_at_the_same_port_and_lets_go_of_nobody()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        using var api = new RawApi(dev.Host.Record);
        var vite = Assert.Single(Processes("vite.js"));

        var processes = (await api.GetAsync($"plugins/{Plugins.Id}/process")).Body.EnumerateArray().ToDictionary(
            part => part.GetProperty("source").GetString()!, part => part.GetProperty("usage"));
        Assert.Equal(
            (Pid(vite), ready.PluginPid),
            (processes["vite"].GetProperty("pid").GetInt32(), processes["plugin"].GetProperty("pid").GetInt32()));
        Assert.True(processes["plugin"].GetProperty("residentBytes").GetInt64() > 1_000_000);
        Assert.Equal(JsonValueKind.String, processes["vite"].GetProperty("state").ValueKind);

        dev.Skip();
        var (status, restarting) = await api.PostAsync($"plugins/{Plugins.Id}/restart");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(
            ("starting", "building", false),
            (
                restarting.GetProperty("viteStatus").GetString(),
                restarting.GetProperty("goStatus").GetString(),
                restarting.GetProperty("grpcConnected").GetBoolean()));
        Assert.DoesNotContain(vite, Processes("vite.js"));
        var again = await dev.StateAsync(state => state.Status == ProcessStatus.Ready && state.Generation == 2);
        Assert.Equal(ready.VitePort, again.VitePort);
        Assert.NotEqual(ready.PluginPid, again.PluginPid);
        Assert.DoesNotContain(dev.States, state => state.Status == ProcessStatus.Stopped);
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_stop_right_after_a_restart_wins_and_stopped_is_the_last_word()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ReadyAsync(1);
        using var api = new RawApi(dev.Host.Record);

        var restart = api.PostAsync($"plugins/{Plugins.Id}/restart");
        var rebuild = api.PostAsync($"plugins/{Plugins.Id}/rebuild");
        var stop = api.PostAsync($"plugins/{Plugins.Id}/stop");
        await Task.WhenAll(restart, rebuild, stop);
        await dev.Ended;

        Assert.Equal(HttpStatusCode.OK, (await stop).Status);
        Assert.Equal(
            ("idle", "stopped", "stopped"), (dev.States[^1].Mode, dev.States[^1].ViteStatus, dev.States[^1].GoStatus));
        Assert.Empty(RunningPlugins());
        Assert.Empty(Processes("vite.js"));
    }

    [Fact]
    public async Task A_plugin_that_was_stopped_can_be_started_again_by_its_id()
    {
        await KeepHostAsync();
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        var before = await dev.ViteReadyAsync();
        using var api = new RawApi(dev.Host.Record);
        await api.PostAsync($"plugins/{Plugins.Id}/stop");

        var (status, state) = await api.PostAsync($"plugins/{Plugins.Id}/start");
        var (second, _) = await api.PostAsync($"plugins/{Plugins.Id}/start");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (status, second));
        Assert.Equal(
            ("managed", Project), (state.GetProperty("mode").GetString(), state.GetProperty("devPath").GetString()));
        Assert.True(state.GetProperty("seq").GetInt64() > before.Seq, "the numbers of states go on");
        await api.PostAsync($"plugins/{Plugins.Id}/stop");
    }

    [Fact]
    public async Task Told_to_shut_down_it_stops_everything_and_ends()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakeVite);
        await dev.ViteReadyAsync();
        using var api = new RawApi(dev.Host.Record);

        var (status, self) = await api.PostAsync("shutdown");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(dev.Host.Record.Pid, self.GetProperty("pid").GetInt32());
        await dev.Ended;
        Assert.Equal(ProcessStatus.Stopped, dev.States[^1].Status);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Each_turn_of_the_loop_is_recorded_with_its_phases()
    {
        Plugins.CopyBackend(Project);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        using var api = new RawApi(dev.Host.Record);
        await dev.LogAsync("ready in ");

        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        await dev.LogAsync("build failed");
        Replace("pkg/greeting.go", "missing", "\"Hello\"");
        await dev.LogAsync("unchanged after");
        BuildRecord[] builds = [];
        await Poll.UntilAsync(async () => (builds = await BuildsAsync(api)).Length == 3, "three turns are recorded");
        Assert.Equal(
            [("ready", 1), ("failed", 1), ("unchanged", 1)], builds.Select(build => (build.Result, build.Generation)));
        Assert.Equal(builds.Select(build => build.Number).Distinct().Order(), builds.Select(build => build.Number));
        var (ready, failed, unchanged) = (builds[0], builds[1], builds[2]);
        Assert.All(
            new[]
            {
                ready.Phases.SettleMs,
                ready.Phases.BuildMs,
                ready.Phases.TransferMs,
                ready.Phases.StartMs,
                ready.Phases.HandshakeMs,
                ready.Phases.HealthMs,
            },
            phase => Assert.NotNull(phase));
        Assert.InRange(ready.TotalMs, ready.Phases.BuildMs!.Value + ready.Phases.HandshakeMs!.Value, 60_000);
        Assert.Contains("undefined: missing", failed.Error, StringComparison.Ordinal);
        Assert.Equal((true, null), (failed.Phases.BuildMs is not null, failed.Phases.TransferMs));
        Assert.Equal(
            (true, null, ""), (unchanged.Phases.TransferMs is not null, unchanged.Phases.StartMs, unchanged.Error));
    }

    /// <summary>A save that was seen half-way begins a turn that the rest of it supersedes.</summary>
    private static async Task<BuildRecord[]> BuildsAsync(RawApi api) =>
        [
            .. JsonSerializer
                .Deserialize<BuildRecord[]>(
                    (await api.GetAsync($"plugins/{Plugins.Id}/builds")).Body, WireJson.Options
                )!
                .Where(build => build.Result != "superseded"),
        ];

    [Fact]
    public async Task What_is_served_as_its_description_is_the_one_in_the_repository()
    {
        using var api = new RawApi((await HostAsync()).Record);

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json"), Cancellation),
            JsonSerializer.Serialize((await api.GetAsync("openapi.json")).Body, Indented) + "\n");
    }

    private static async Task<(HttpStatusCode, string)> Text(RawApi api, string path)
    {
        var (status, body) = await api.GetAsync(path);
        return (status, body.GetRawText());
    }
}
