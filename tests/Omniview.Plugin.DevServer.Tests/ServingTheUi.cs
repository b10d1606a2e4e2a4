using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ServingTheUi : HostScratch
{
    private const string NoInstall = "exit 0\n";

    [Fact]
    public async Task A_plugin_with_only_a_ui_needs_no_go()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(NoInstall));

        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);

        Assert.Equal(
            (ProcessStatus.Ready, ProcessStatus.Idle, 0, false),
            (ready.ViteStatus, ready.GoStatus, ready.Generation, ready.GrpcConnected));
        Assert.Equal($"http://127.0.0.1:{ready.VitePort}", ready.ViteUrl);
        Assert.Equal("here", await GetAsync(ready.ViteUrl));
        Assert.All(
            dev.States, state => Assert.Equal(state.ViteStatus == ProcessStatus.Ready, state.ViteUrl.Length > 0));
        Assert.Equal(ProcessStatus.Ready, (await dev.Host.RebuildAsync(Plugins.Id, Cancellation)).Status);
    }

    [Fact]
    public async Task A_port_that_is_taken_at_the_last_moment_is_given_up_for_the_next_everywhere()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        Write("pkg/environment.go", Programs.PrintsEnvironment);
        var installed = Path.Combine(Root, "go on");
        // the install is between the choice of a port and Vite
        var dev = await OpenAsync(WithFakes($"while [ ! -e '{installed}' ]; do sleep 0.01; done\n"));
        var first = await dev.ReadyAsync(1);
        using var stranger = new TcpListener(IPAddress.Loopback, first.VitePort);
        stranger.Start();
        Assert.Contains(dev.Logs, entry => entry.Message == $"variable OMNIVIEW_VITE_PORT={first.VitePort}");

        await File.WriteAllTextAsync(installed, "", Cancellation);
        await dev.LogAsync($"Port {first.VitePort} was taken");
        var ready = await dev.StateAsync(
            state => state is { ViteStatus: ProcessStatus.Ready, GoStatus: ProcessStatus.Ready, Generation: 2 });

        Assert.NotEqual(first.VitePort, ready.VitePort);
        Assert.Equal("here", await GetAsync(ready.ViteUrl));
        Assert.Equal(ready.VitePort, DevInfoFile.Read(DevInfo)!.VitePort);
        Assert.Contains(dev.Logs, entry => entry.Message == $"variable OMNIVIEW_VITE_PORT={ready.VitePort}");
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task Omniview_is_told_of_the_ui_only_while_that_answers()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Breakable);
        Write("broken", "");
        var dev = await OpenAsync(WithFakes(NoInstall));
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(() => DevInfoFile.Read(DevInfo)?.VitePort == 0, "it is told that there is no UI");

        File.Delete(Path.Combine(Project, "broken"));
        var ready = await dev.ViteReadyAsync();
        Assert.Equal(ready.VitePort, DevInfoFile.Read(DevInfo)!.VitePort);
        Assert.Equal(1, ready.Generation);

        Write("broken", "");
        Kill(Pid(Assert.Single(Processes("vite.js"))));
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(0, DevInfoFile.Read(DevInfo)!.VitePort);
    }

    [Fact]
    public async Task Omniview_is_told_of_plugin_and_ui_once_when_both_are_there()
    {
        var go = Path.Combine(Root, "go on");
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        // Vite is on its way as long as packages are installed
        var dev = await OpenAsync(WithFakes($"while [ ! -e '{go}' ]; do sleep 0.01; done\n"));
        var first = await dev.ReadyAsync(1);
        Assert.Empty(await omniview.EventsAsync());

        await File.WriteAllTextAsync(go, "", Cancellation);
        var ready = await dev.ViteReadyAsync();

        Assert.Equal(["connect"], await omniview.EventsAsync());
        var devInfo = DevInfoFile.Read(DevInfo)!;
        Assert.Equal((first.PluginPid, ready.VitePort), (devInfo.Pid, devInfo.VitePort));

        await dev.Session.EndAsync();
        Assert.Equal(["connect", "removed", "disconnect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task Omniview_is_told_of_the_plugin_once_when_vite_is_off()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync(Settings(Project) with { Ui = OwnPorts with { Enabled = false } });

        await dev.ReadyAsync(1);

        Assert.Equal(["connect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task A_restart_is_one_disconnect_and_one_connect_for_Omniview()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        using var omniview = new OmniviewWatcher(DevInfo);
        var dev = await OpenAsync(WithFakes(NoInstall));
        await dev.StateAsync(state => state.Status == ProcessStatus.Ready);

        await dev.Host.RestartAsync(Plugins.Id, Cancellation);
        await dev.StateAsync(state => state is { Status: ProcessStatus.Ready, Generation: 2 });

        Assert.Equal(["connect", "removed", "disconnect", "connect"], await omniview.EventsAsync());
    }

    [Fact]
    public async Task It_is_started_again_when_it_dies()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(NoInstall));
        var first = await dev.ViteReadyAsync();

        Kill(Pid(Assert.Single(Processes("vite.js"))));
        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);
        var dead = await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(("", problem.Message), (dead.ViteUrl, dead.LastError));

        var ready = await dev.ViteReadyAsync();
        Assert.Equal((first.VitePort, ""), (ready.VitePort, ready.LastError));
        Assert.Empty(dev.Errors);
        Assert.Equal("here", await GetAsync(ready.ViteUrl));
    }

    [Theory]
    [InlineData(FakeVite.Silent)]
    [InlineData(FakeVite.Liar)]
    public async Task One_that_does_not_answer_in_time_is_ended(string vite)
    {
        Plugins.WriteUi(Project, vite);
        var settings = WithFakes(NoInstall);
        var dev = await OpenAsync(settings with { Ui = settings.Ui with { ReadyTimeoutSeconds = 1 } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);

        Assert.Empty(Processes("vite.js")); // the next try comes after a second
        Assert.Contains("ViteReadyTimeout", problem.Message, StringComparison.Ordinal);
        Assert.All(dev.States, state => Assert.Equal("", state.ViteUrl));
    }

    [Fact]
    public async Task One_that_ends_at_its_start_is_reported_with_all_it_said()
    {
        Plugins.WriteUi(Project, FakeVite.Failing);
        var dev = await OpenAsync(WithFakes(NoInstall));

        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);

        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["first word", "last word"],
            dev.Logs.Where(entry => entry is { Source: LogSource.Vite, Level: "error" })
                .Select(entry => entry.Message)
                .Take(2));
    }

    [Fact]
    public async Task However_often_it_failed_a_save_or_a_rebuild_starts_it_again()
    {
        Plugins.WriteUi(Project, FakeVite.Failing);
        var dev = await OpenAsync(WithFakes(NoInstall));
        await FailsTooOftenAsync(dev, "last word");
        Assert.Equal(ProcessStatus.Error, (await dev.Host.GetStateAsync(Plugins.Id, Cancellation)).ViteStatus);

        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);
        await dev.LogAsync("last word"); // it was

        Write("ui/node_modules/vite/bin/vite.js", FakeVite.Good);
        Write("ui/vite.config.js", "export default {}; // mended\n");
        await dev.ViteReadyAsync();
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task What_a_failing_install_writes_is_no_save_and_what_its_author_writes_is()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(
            "echo \"settled: false # $$\" > pnpm-workspace.yaml; [ -e ../mended ] || exit 1\n"));
        await FailsTooOftenAsync(dev, "ended with exit code 1");
        Assert.Equal(
            6,
            dev.Logs.Count(entry =>
                entry is { Level: "error", Message: var said }
                && said.Contains("ended with exit code 1", StringComparison.Ordinal)));

        Write("mended", "");
        Write("ui/package.json", """{ "name": "ui", "private": true, "version": "1.0.0" }""");

        await dev.ViteReadyAsync();
    }

    [Fact]
    public async Task A_node_that_is_too_old_for_its_vite_is_what_is_wrong()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        Write(
            "ui/node_modules/vite/package.json",
            """{ "name": "vite", "version": "7.3.8", "engines": { "node": "^20.19.0 || >=22.12.0" } }""");
        var settings = WithFakes(NoInstall);
        var node = FakeTool(
            "node", "[ \"$1\" = --version ] && { echo v18.20.4; exit 0; }\necho 'TypeError: crypto.hash is not a " +
            "function' >&2\nexit 1\n");
        var dev = await OpenAsync(settings with { Ui = settings.Ui with { NodePath = node } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.NodeVersionUnfit);

        Assert.Equal("error", problem.Severity);
        Assert.Contains($"{node} is 18.20.4", problem.Message, StringComparison.Ordinal);
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
    }

    [Fact]
    public async Task Who_took_the_port_and_answers_is_not_taken_for_Vite()
    {
        Plugins.WriteUi(Project, FakeVite.Silent);
        var installed = Path.Combine(Root, "go on");
        // the install is between the choice of a port and Vite
        var settings = WithFakes($"while [ ! -e '{installed}' ]; do sleep 0.01; done\n");
        var dev = await OpenAsync(settings with { Ui = settings.Ui with { ReadyTimeoutSeconds = 2 } });
        var port = (await dev.StateAsync(state => state.VitePort > 0)).VitePort;
        using var stranger = new HttpListener();
        stranger.Prefixes.Add($"http://127.0.0.1:{port}/");
        stranger.Start();
        var serving = AnswerAsync(stranger);
        await File.WriteAllTextAsync(installed, "", Cancellation);

        await dev.ErrorAsync(DiagnosticCodes.ViteNotReady);

        Assert.True(await serving); // it was asked, and answered as Vite would
        Assert.All(dev.States, state => Assert.Equal("", state.ViteUrl));
    }

    private static async Task<bool> AnswerAsync(HttpListener listener)
    {
        while (true)
        {
            var call = await listener.GetContextAsync();
            call.Response.ContentType = "text/javascript";
            call.Response.Close();
            if (call.Request.Url!.AbsolutePath.EndsWith("/@vite/client", StringComparison.Ordinal))
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task How_far_an_install_is_is_no_line_of_the_log()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes(
            "echo 'Progress: resolved 120, reused 3, downloaded 7, added 0'; echo 'Done in 1s'\n"));

        await dev.ViteReadyAsync();

        Assert.Equal(
            "debug", dev.Logs.Single(entry => entry.Message.StartsWith("Progress:", StringComparison.Ordinal)).Level);
        Assert.Equal("info", dev.Logs.Single(entry => entry.Message == "Done in 1s").Level);
    }

    [Fact]
    public async Task A_line_longer_than_any_pipe_holds_up_nothing()
    {
        Plugins.WriteUi(Project, FakeVite.Verbose);
        var dev = await OpenAsync(WithFakes(NoInstall));

        await dev.ViteReadyAsync();

        Assert.Contains(dev.Logs, entry => entry.Message.StartsWith("xxx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ui_whose_packages_can_not_be_installed_leaves_the_backend_alone()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(WithFakes("echo 'no such package' >&2; exit 1\n"));

        var problem = await dev.ErrorAsync(DiagnosticCodes.UiInstallFailed);
        var state = await dev.StateAsync(
            state => state is { ViteStatus: ProcessStatus.Error, GoStatus: ProcessStatus.Ready });

        Assert.Contains("no such package", problem.Message, StringComparison.Ordinal);
        // a good Go build does not hide it
        Assert.Equal((true, problem.Message), (state.GrpcConnected, state.LastError));
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_a_problem_of_the_ui_and_not_its_end()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var file = Write("a file", "");
        var dev = await OpenAsync(WithFakes(NoInstall) with { IntermediateDirectory = Path.Combine(file, "obj") });
        await dev.ErrorAsync(DiagnosticCodes.UiInUse);
        var state = await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);
        Assert.Equal(ProcessStatus.Idle, state.GoStatus);

        File.Delete(file);

        await dev.ViteReadyAsync();
        Assert.Empty(dev.Errors);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("another state directory")]
    public async Task The_next_start_gets_its_port_back_though_a_lower_one_is_free(string state)
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        var settings = WithFakes(NoInstall);
        int port;
        using (var stranger = new TcpListener(IPAddress.Loopback, settings.Ui.PortStart))
        {
            stranger.Start();
            var first = await OpenAsync(settings);
            port = (await first.ViteReadyAsync()).VitePort;
            Assert.NotEqual(settings.Ui.PortStart, port);
            await first.Session.EndAsync();
        }

        using var host = await HostFinder.EnsureAsync(Path.Combine(Root, state), HostCommand, Cancellation);
        await using var again = new Dev(await host.OpenSessionAsync(settings, Cancellation));

        Assert.Equal(port, (await again.ViteReadyAsync()).VitePort);
    }

    [Fact]
    public async Task Its_port_is_free_when_it_is_stopped_though_a_child_of_it_has_it_too()
    {
        Plugins.WriteUi(Project, FakeVite.Inherited);
        var dev = await OpenAsync(WithFakes(NoInstall));
        var port = (await dev.ViteReadyAsync()).VitePort;
        Assert.Single(Processes("sleep 1000"));

        await dev.Session.EndAsync();

        using var next = new TcpListener(IPAddress.Loopback, port);
        next.Start();
        Assert.Empty(Processes("sleep 1000"));
    }

    [Fact]
    public async Task Without_a_free_port_the_plugin_is_refused_and_with_one_again_it_starts()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var settings = WithFakes(NoInstall);
        settings = settings with { Ui = settings.Ui with { PortStart = port, PortEnd = port } };

        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => OpenAsync(settings));
        taken.Stop();
        var dev = await OpenAsync(settings);

        Assert.Equal(DiagnosticCodes.NoFreePort, refusal.Diagnostic.Code);
        Assert.Equal(port, (await dev.ViteReadyAsync()).VitePort);
    }

    [Fact]
    public async Task Left_out_when_it_is_not_wanted()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(Settings(Project) with { Ui = OwnPorts with { Enabled = false } });

        var ready = await dev.ReadyAsync(1);

        Assert.Equal((ProcessStatus.Idle, 0, ProcessStatus.Ready), (ready.ViteStatus, ready.VitePort, ready.Status));
        Assert.Empty(Processes("vite.js"));
    }

    private static async Task FailsTooOftenAsync(Dev dev, string word)
    {
        for (var time = 0; time < 6; time++)
        {
            await dev.LogAsync(word);
        }

        await dev.LogAsync("Vite is not started again by itself");
    }

    /// <summary>
    /// With a package manager that is this script. Tests share the ports of the machine, so each may get any.
    /// </summary>
    private DevSettings WithFakes(string install) =>
        Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", install) } };

    private static async Task<string> GetAsync(string address)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(address), Cancellation);
    }
}
