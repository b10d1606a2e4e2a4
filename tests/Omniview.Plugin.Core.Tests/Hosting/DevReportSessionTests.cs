using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>The report of a session with a host.</summary>
public sealed class DevReportSessionTests : DevReportTestBase
{
    [Fact]
    public async Task A_session_is_told_from_its_first_event_to_its_last()
    {
        var directory = new HostDirectory(Folder["state"]);
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
        var report = new DevReport(Lines.Add);

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
            Lines);
    }

    [Fact]
    public async Task What_is_kept_for_others_to_read_has_no_link_that_lets_one_in()
    {
        var directory = new HostDirectory(Folder["state"]);
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
            await session.FollowAsync(new DevReport(Lines.Add, kept: true));
        }

        Assert.Contains("  Dashboard  omniview-plugin-dev open --dashboard", Lines);
        Assert.DoesNotContain(Lines, line => line.Contains("once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_breaks_off_before_it_began_is_OVP3003()
    {
        var directory = new HostDirectory(Folder["state"]);
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
}
