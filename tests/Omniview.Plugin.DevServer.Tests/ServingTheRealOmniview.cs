using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>Plugin and client on the real hashicorp/go-plugin, which meet through our <c>.devinfo</c>.</summary>
public sealed class ServingTheRealOmniview : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        GoPluginSources.WritePlugin(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_reattaches_after_every_swap()
    {
        await using var omniview = await RealOmniview.StartAsync(Path.Combine(Root, "app"));
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);
        Assert.True(ready.GrpcConnected);
        Assert.Contains(dev.Logs, entry => (entry.Source, entry.Message) == ("plugin", "a word before the handshake"));

        foreach (var (generation, greeting) in new[] { (1, "Hello"), (2, "Ahoy"), (3, "Servus") })
        {
            if (generation > 1)
            {
                Replace("pkg/main.go", "const greeting = ", $"const greeting = \"{greeting}\" // ");
                await dev.ReadyAsync(generation);
            }

            await omniview.AttachAsync(DevInfo);
            Assert.Equal("pong", await omniview.AskAsync("ping"));
            Assert.Equal($"{greeting}, Ada!", await omniview.AskAsync("greet Ada"));
        }

        await dev.Session.EndAsync();
        Assert.StartsWith("error: ", await omniview.AskAsync("ping"), StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("close", "closed")]
    [InlineData("kill", "killed")]
    public async Task A_plugin_that_it_ends_is_started_again_without_a_build_and_without_an_error(
        string command, string answer)
    {
        await using var omniview = await RealOmniview.StartAsync(Path.Combine(Root, "app"));
        var dev = await OpenAsync();
        var plugin = await dev.ReadyAsync(1);
        var builds = (await dev.Host.GetBuildsAsync(Plugins.Id, Cancellation)).Count;

        for (var time = 1; time <= 3; time++)
        {
            await omniview.AttachAsync(DevInfo);
            Assert.Equal(answer, await omniview.AskAsync(command));

            var before = plugin.PluginPid;
            plugin = await dev.StateAsync(state => state.GrpcConnected && state.PluginPid != before);
            Assert.Equal((1, ProcessStatus.Ready), (plugin.Generation, plugin.Status));
            Assert.Equal(plugin.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
        }

        await omniview.AttachAsync(DevInfo);
        Assert.Equal("Hello, Ada!", await omniview.AskAsync("greet Ada"));
        Assert.Equal(builds, (await dev.Host.GetBuildsAsync(Plugins.Id, Cancellation)).Count);
        Assert.Empty(dev.Errors);
        Assert.DoesNotContain(dev.States, state => state.GoStatus == ProcessStatus.Error || state.LastError.Length > 0);
        Assert.DoesNotContain(dev.Logs, entry => entry is { Source: LogSource.Manager, Level: "error" });
    }

    [Fact]
    public async Task Its_refusal_of_another_magic_cookie_is_told_with_both_ids_and_both_places()
    {
        Replace("pkg/main.go", "MagicCookieValue: \"hello-omniview\"", "MagicCookieValue: \"hello-other\"");
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.PluginIdDiffers);

        Assert.Contains(
            "'hello-other', and plugin.yaml(1) says 'hello-omniview'", problem.Message, StringComparison.Ordinal);
        Assert.Equal((Path.Combine(Project, "pkg/main.go"), 42), (problem.File, problem.Line));
    }
}
