using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class DevReportTests : IDisposable
{
    private static readonly DevServerState Running = new()
    {
        PluginId = "hello",
        Mode = "managed",
        DevPath = "/p",
        VitePort = 15173,
    };
    private const string Ui = "http://127.0.0.1:15173";

    private static readonly BuildError Error = new("/p/x.go", 3, 5, "undefined: y", "GO0001", "error", "");

    private readonly TempFolder _folder = new();
    private readonly List<string> _lines = [];

    [Fact]
    public async Task A_session_is_told_from_its_first_event_to_its_last()
    {
        var directory = new HostDirectory(_folder["state"]);
        using var host = new FakeHost(
            directory,
            context =>
                context.Request.Url!.AbsolutePath switch
                {
                    "/api/v1/version" => FakeHost.JsonAsync(context, FakeHost.OwnVersion),
                    _ => FakeHost.EventsAsync(
                        context,
                        (
                            DevEvents.Session,
                            new SessionStarted(
                                "s1",
                                Running,
                                [],
                                [Entry("info", "joined")],
                                "http://127.0.0.1:1/?t=once"
                            )),
                        (
                            DevEvents.Status, Running with
                            {
                                ViteStatus = ProcessStatus.Ready,
                                ViteUrl = Ui,
                                GoStatus = ProcessStatus.Ready,
                                GrpcConnected = true,
                            }),
                        ("unknown", new object()),
                        (DevEvents.Log, new[] { Entry("info", "one"), Entry("warn", "two") }),
                        (DevEvents.Error, new BuildErrors("hello", [Error])),
                        (DevEvents.Error, new BuildErrors("hello", []))),
                });
        FakeHost.Publish(directory, host.Record);
        using var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);
        var report = new DevReport(_lines.Add);

        await using (
            var session = await client!.OpenSessionAsync(
                new DevSettings { ProjectDirectory = "/p" }, TestContext.Current.CancellationToken))
        {
            await session.FollowAsync(report);
        }

        Assert.Equal(
            [
                $"omniview-plugin-dev {HostVersion.Own}: hello in /p",
                "  Dashboard  http://127.0.0.1:1/?t=once (opens once)",
                $"  API  http://127.0.0.1:{host.Record.Port}/api/v1/plugins/hello (bearer token in " +
                $"{host.Record.TokenFile})",
                "  Stop with Ctrl+C",
                $"{Time} [manager] joined",
                "  UI   http://127.0.0.1:15173",
                $"{Time} [manager] one",
                $"{Time} [manager] warn: two",
                "/p/x.go(3,5): error GO0001: undefined: y",
                "problems: none",
            ],
            _lines);
    }

    [Fact]
    public async Task What_is_kept_for_others_to_read_has_no_link_that_lets_one_in()
    {
        var directory = new HostDirectory(_folder["state"]);
        using var host = new FakeHost(
            directory,
            context =>
                context.Request.Url!.AbsolutePath switch
                {
                    "/api/v1/version" => FakeHost.JsonAsync(context, FakeHost.OwnVersion),
                    _ => FakeHost.EventsAsync(
                        context,
                        (DevEvents.Session, new SessionStarted("s1", Running, [], [], "http://127.0.0.1:1/?t=once"))
                    ),
                });
        FakeHost.Publish(directory, host.Record);
        using var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);

        await using (
            var session = await client!.OpenSessionAsync(
                new DevSettings { ProjectDirectory = "/p" }, TestContext.Current.CancellationToken))
        {
            await session.FollowAsync(new DevReport(_lines.Add, kept: true));
        }

        Assert.Contains("  Dashboard  omniview-plugin-dev open --dashboard", _lines);
        Assert.DoesNotContain(_lines, line => line.Contains("once", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("debug", LogSource.GoWatch, "changed: pkg/x.go", false)]
    [InlineData("info", LogSource.Vite, "  ", false)]
    [InlineData("info", LogSource.GoBuild, "pkg/x.go:3:5: undefined: y", false)]
    [InlineData("info", LogSource.GoBuild, "go: downloading example.com/m v1.0.0", true)]
    [InlineData("info", LogSource.Plugin, "hello", true)]
    public void What_only_repeats_or_explains_is_for_those_who_ask(
        string level, string source, string message, bool isShown)
    {
        var entry = Entry(level, message) with { Source = source };

        new DevReport(_lines.Add).Logged(entry);
        Assert.Equal(isShown ? 1 : 0, _lines.Count);

        new DevReport(_lines.Add, verbose: true).Logged(entry);
        Assert.Equal(isShown ? 2 : 1, _lines.Count);
    }

    [Fact]
    public async Task A_session_that_breaks_off_before_it_began_is_OVP3003()
    {
        var directory = new HostDirectory(_folder["state"]);
        using var host = new FakeHost(directory, context => context.Request.Url!.AbsolutePath switch
        {
            "/api/v1/version" => FakeHost.JsonAsync(context, FakeHost.OwnVersion),
            _ => FakeHost.EventsAsync(context),
        });
        FakeHost.Publish(directory, host.Record);
        using var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<DiagnosticException>(() =>
            client!.OpenSessionAsync(new DevSettings { ProjectDirectory = "/p" }, TestContext.Current.CancellationToken)
        );

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Diagnostic.Code);
    }

    [Fact]
    public void The_UIs_address_is_told_once_and_again_when_it_changes()
    {
        var report = new DevReport(_lines.Add);
        var ready = Running with { ViteStatus = ProcessStatus.Ready, ViteUrl = Ui };

        foreach (
            var state in new[]
            {
                Running,
                ready,
                ready with
                {
                    Seq = 2,
                },
                Running,
                ready,
                ready with
                {
                    ViteUrl = "http://127.0.0.1:15174",
                },
            })
        {
            report.StatusChanged(state);
        }

        Assert.Equal(
            ["  UI   http://127.0.0.1:15173", "  UI   http://127.0.0.1:15173", "  UI   http://127.0.0.1:15174"],
            _lines);
    }

    [Fact]
    public void Debug_lines_are_for_those_who_ask()
    {
        new DevReport(_lines.Add).Logged(Entry("debug", "detail"));
        Assert.Empty(_lines);

        new DevReport(_lines.Add, verbose: true).Logged(Entry("debug", "detail"));
        Assert.Equal([$"{Time} [manager] detail"], _lines);
    }

    [Fact]
    public void No_line_and_no_problem_can_steer_the_terminal()
    {
        var report = new DevReport(_lines.Add);

        report.Logged(Entry("error", "\e]52;c;x\aa\e[2J"));
        report.ErrorsChanged([Error with { Message = "b\e[1A" }]);

        Assert.Equal([$"{Time} [manager] error: a", "/p/x.go(3,5): error GO0001: b"], _lines);
    }

    [Fact]
    public void Among_other_plugins_each_line_has_its_plugins_name_and_a_problem_still_begins_with_its_file()
    {
        var report = new DevReport(_lines.Add, style: new NamedLines("hello", isColoured: false));

        report.Logged(Entry("warn", "two\nlines"));
        report.StatusChanged(Running with { ViteStatus = ProcessStatus.Ready, ViteUrl = Ui });
        report.ErrorsChanged([Error, Error with { File = "", Line = 0, Column = 0, Code = "OVP3005" }]);
        report.ErrorsChanged([]);

        Assert.Equal(
            [
                $"hello | {Time} [manager] warn: two\nhello | lines",
                "hello |   UI   http://127.0.0.1:15173",
                "/p/x.go(3,5): error GO0001: undefined: y",
                "hello: error OVP3005: undefined: y",
                "hello | problems: none",
            ],
            _lines);
    }

    [Fact]
    public void A_plugins_name_has_the_same_colour_each_time_and_another_plugins_another()
    {
        string[] colours = [
            .. new[] { "one", "two", "one" }.Select(name => new NamedLines(name, isColoured: true).Line("x"))];

        Assert.Matches("^\e\\[[0-9]{2}mone \\|\e\\[0m x$", colours[0]);
        Assert.Equal(colours[0], colours[2]);
        Assert.NotEqual(colours[0].Split('m')[0], colours[1].Split('m')[0]);
    }

    [Fact]
    public void A_problem_is_told_once_with_a_way_to_its_page_and_again_when_it_comes_back()
    {
        var report = new DevReport(_lines.Add);
        var known = BuildError.From(Diagnostic.Error("OVP3005", "no port"));

        report.ErrorsChanged([known]);
        // one more, of another source
        report.ErrorsChanged([Error, BuildError.From(Diagnostic.Error("OVP3005", "no port"))]);
        report.ErrorsChanged([Error]);
        report.ErrorsChanged([known, Error]);

        Assert.Equal(
            [
                "omniview: error OVP3005: no port",
                $"  OVP3005: {HelpPages.For("OVP3005")}",
                "/p/x.go(3,5): error GO0001: undefined: y",
                "omniview: error OVP3005: no port",
            ],
            _lines);
    }

    [Fact]
    public void That_there_are_no_problems_is_said_only_after_some()
    {
        var report = new DevReport(_lines.Add);

        report.ErrorsChanged([]);
        report.ErrorsChanged([Error]);
        report.ErrorsChanged([]);
        report.ErrorsChanged([]);

        Assert.Equal(["/p/x.go(3,5): error GO0001: undefined: y", "problems: none"], _lines);
    }

    public void Dispose() => _folder.Dispose();

    private static string Time =>
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToLocalTime().ToString(
            "HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static LogEntry Entry(string level, string message) =>
        new("2026-01-02T03:04:05.678Z", LogSource.Manager, level, message, "hello", 1, 1);
}
