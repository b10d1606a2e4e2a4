using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ChoosingTheUiPort : UiScratch
{
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
}
