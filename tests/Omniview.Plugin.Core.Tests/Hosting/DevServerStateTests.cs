using System.Text.Json;
using System.Text.Json.Nodes;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class DevServerStateTests
{
    [Fact]
    public void A_fresh_state_has_Omniviews_eleven_names_first_and_leaves_none_out()
    {
        var json = JsonNode.Parse(JsonSerializer.Serialize(
            new DevServerState { PluginId = "a" }, WireJson.Options))!.AsObject();

        Assert.Equal(
            [
                "pluginID",
                "mode",
                "devPath",
                "vitePort",
                "viteURL",
                "viteStatus",
                "goStatus",
                "lastBuildDuration",
                "lastBuildTime",
                "lastError",
                "grpcConnected",
            ],
            json.Select(property => property.Key).Take(11));
        Assert.Equal(
            """["a","idle","",0,"","idle","idle",0,"","",false]""",
            new JsonArray([.. json.Take(11).Select(property => property.Value!.DeepClone())]).ToJsonString());
        Assert.Equal(
            [
                "generation",
                "stale",
                "staleReason",
                "pluginPid",
                "seq",
                "logLinesDropped",
                "pluginHealth",
                "viteError",
                "status",
            ],
            json.Select(property => property.Key).Skip(11));
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var state = new DevServerState
        {
            PluginId = "a",
            Mode = "managed",
            DevPath = "/é",
            VitePort = 15173,
            ViteStatus = ProcessStatus.Error,
            ViteUrl = "http://127.0.0.1:15173",
            ViteError = "ui/src/App.tsx(1,2): no",
            GoStatus = ProcessStatus.Building,
            LastBuildDuration = 1_234_567_890,
            LastBuildTime = "2026-01-02T03:04:05Z",
            LastError = "no",
            GrpcConnected = true,
            Generation = 3,
            StaleReason = "build failed",
            PluginPid = 7,
            Seq = 9,
        };

        Assert.Equal(
            state,
            JsonSerializer.Deserialize<DevServerState>(
                JsonSerializer.Serialize(state, WireJson.Options), WireJson.Options));
    }

    [Theory]
    // Any error is an error, anything under way is building.
    [InlineData("managed", "error", "ready", true, "error")]
    [InlineData("managed", "ready", "error", true, "error")]
    [InlineData("managed", "error", "building", false, "error")]
    [InlineData("managed", "starting", "ready", true, "building")]
    [InlineData("managed", "ready", "building", true, "building")]
    [InlineData("managed", "stopped", "building", false, "building")]
    // Without a plugin that answers: stopped with Vite, otherwise on its way.
    [InlineData("idle", "idle", "idle", false, "stopped")]
    [InlineData("idle", "stopped", "stopped", false, "stopped")]
    [InlineData("managed", "stopped", "stopped", false, "stopped")]
    [InlineData("managed", "stopped", "ready", false, "stopped")]
    [InlineData("managed", "ready", "ready", false, "connecting")]
    [InlineData("managed", "ready", "stopped", false, "connecting")]
    // With one it is ready, Vite or not.
    [InlineData("managed", "ready", "ready", true, "ready")]
    [InlineData("managed", "stopped", "ready", true, "ready")]
    [InlineData("external", "idle", "ready", true, "ready")]
    // Only one of the two sides: there is no other to wait for.
    [InlineData("managed", "ready", "idle", false, "ready")]
    [InlineData("managed", "idle", "ready", false, "connecting")]
    [InlineData("managed", "idle", "ready", true, "ready")]
    [InlineData("managed", "idle", "stopped", false, "stopped")]
    public void All_of_it_in_one_word(string mode, string vite, string go, bool connected, string status) =>
        Assert.Equal(
            status,
            new DevServerState
            {
                PluginId = "a",
                Mode = mode,
                ViteStatus = vite,
                GoStatus = go,
                GrpcConnected = connected,
            }.Status);

    [Fact]
    public void Statuses_sources_and_events_are_spelled_as_Omniview_does()
    {
        Assert.Equal(
            ["idle", "starting", "building", "ready", "error", "stopped"],
            [
                ProcessStatus.Idle,
                ProcessStatus.Starting,
                ProcessStatus.Building,
                ProcessStatus.Ready,
                ProcessStatus.Error,
                ProcessStatus.Stopped,
            ]);
        Assert.Equal(
            ["vite", "go-build", "go-watch", "manager"],
            [LogSource.Vite, LogSource.GoBuild, LogSource.GoWatch, LogSource.Manager]);
        Assert.Equal(
            ["plugin/devserver/status", "plugin/devserver/log", "plugin/devserver/error"],
            [DevEvents.Status, DevEvents.Log, DevEvents.Error]);
    }

    [Fact]
    public void Log_lines_and_problems_are_spelled_as_Omniview_does()
    {
        var entry = new LogEntry("2026-01-02T03:04:05.678Z", LogSource.Vite, "info", "hi", "a", 4, 2);
        var errors = new BuildErrors(
            "a",
            [
                new BuildError(
                    "/p/x.go",
                    3,
                    5,
                    "undefined: y",
                    "GO0001",
                    "error",
                    "https://example.com",
                    3,
                    6,
                    [new RelatedLocation("/p/z.go", 1, 2, "there")]),
            ]);

        Assert.Equal(
            """{"timestamp":"2026-01-02T03:04:05.678Z","source":"vite","level":"info","message":"hi","pluginID":"a","seq":4,"generation":2}""",
            JsonSerializer.Serialize(entry, WireJson.Options));
        Assert.Equal(
            """{"pluginID":"a","errors":[{"file":"/p/x.go","line":3,"column":5,"message":"undefined: y","code":"GO0001","severity":"error","helpLink":"https://example.com","endLine":3,"endColumn":6,"related":[{"file":"/p/z.go","line":1,"column":2,"message":"there"}],"frame":null}]}""",
            JsonSerializer.Serialize(errors, WireJson.Options));
    }
}
