using System.Text.Json;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class JsonReportTests : IDisposable
{
    private static readonly DevServerState Running = new() { PluginId = "hello", Mode = "managed", DevPath = "/p" };
    private static readonly BuildError Error = BuildError.From(
        Diagnostic.Error("GO0001", "undefined: é\nhave \"x\"").At("/p/x.go", 3, 5));
    private static readonly LogEntry Entry = new(
        "2026-01-02T03:04:05.000Z", LogSource.Manager, "debug", "\e[1mone", "hello", 1, 0);

    private readonly TempFolder _folder = new();
    private readonly List<string> _lines = [];

    [Fact]
    public async Task A_session_is_told_in_the_objects_of_the_API_one_per_line()
    {
        var directory = new HostDirectory(_folder["state"]);
        using var host = new FakeHost(directory, context => context.Request.Url!.AbsolutePath switch
        {
            "/api/v1/version" => FakeHost.JsonAsync(context, FakeHost.OwnVersion),
            _ => FakeHost.EventsAsync(
                context,
                (DevEvents.Session, new SessionStarted("s1", Running, [Error], [Entry], "http://127.0.0.1:1/?t=once")),
                (DevEvents.Status, Running with { Generation = 1 }),
                (DevEvents.Log, new[] { Entry, Entry with { Seq = 2 } }),
                (DevEvents.Error, new BuildErrors("hello", [Error])),
                (DevEvents.Error, new BuildErrors("hello", []))),
        });
        FakeHost.Publish(directory, host.Record);
        using var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);
        var report = new JsonReport(_lines.Add);

        await using (
            var session = await client!.OpenSessionAsync(
                new DevSettings { ProjectDirectory = "/p" }, TestContext.Current.CancellationToken))
        {
            await session.FollowAsync(report);
        }

        report.Stopped(0);
        Assert.DoesNotContain(
            _lines,
            line => line.Contains('\n', StringComparison.Ordinal) || line.Contains('\e', StringComparison.Ordinal));
        Assert.Equal(
            ["started", "status", "log", "log", "errors", "errors", "stopped"],
            _lines.Select(line => Read(line).EnumerateObject().First()).Select(first => $"{first.Value}"));
        var started = Read(_lines[0]);
        Assert.Equal(("s1", HostVersion.Own), (Text(started, "sessionId"), Text(started, "version")));
        Assert.Equal(
            ($"http://127.0.0.1:{host.Record.Port}/api/v1/plugins/hello", host.Record.TokenFile),
            (Text(started, "api"), Text(started, "tokenFile")));
        Assert.Equal("http://127.0.0.1:1/?t=once", Text(started, "dashboard"));
        Assert.Equal(Running, started.GetProperty("state").Deserialize<DevServerState>(WireJson.Options));
        Assert.Equal(Entry, Assert.Single(started.GetProperty("logs").Deserialize<LogEntry[]>(WireJson.Options)!));
        Assert.Equal(
            Error.ToDiagnostic(),
            Assert.Single(started.GetProperty("errors").Deserialize<BuildError[]>(WireJson.Options)!).ToDiagnostic());
        Assert.Equal(Running with { Generation = 1 }, Read(_lines[1]).Deserialize<DevServerState>(WireJson.Options));
        Assert.Equal(Entry with { Seq = 2 }, Read(_lines[3]).Deserialize<LogEntry>(WireJson.Options));
        Assert.Equal(
            Error.ToDiagnostic(),
            Assert.Single(Read(_lines[4]).Deserialize<BuildErrors>(WireJson.Options)!.Errors).ToDiagnostic());
        Assert.Equal("""{"event":"errors","pluginID":"hello","errors":[]}""", _lines[5]);
        Assert.Equal("""{"event":"stopped","exitCode":0,"error":null}""", _lines[6]);
    }

    [Fact]
    public void The_last_line_says_why_there_was_no_session()
    {
        new JsonReport(_lines.Add).Stopped(1, Diagnostic.Error(DiagnosticCodes.ManifestNotFound, "no manifest"));

        var stopped = Read(Assert.Single(_lines));
        Assert.Equal(1, stopped.GetProperty("exitCode").GetInt32());
        Assert.Equal(
            ("OVP1001", "no manifest"),
            (Text(stopped.GetProperty("error"), "code"), Text(stopped.GetProperty("error"), "message")));
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Read(string line) => JsonDocument.Parse(line).RootElement;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
