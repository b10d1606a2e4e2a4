using Omniview.Plugin.Core.DevInfo;
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
    public async Task A_plugin_that_it_ends_is_started_again(string command, string answer)
    {
        await using var omniview = await RealOmniview.StartAsync(Path.Combine(Root, "app"));
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);
        await omniview.AttachAsync(DevInfo);

        Assert.Equal(answer, await omniview.AskAsync(command));

        var second = await dev.StateAsync(state => state.GrpcConnected && state.PluginPid != first.PluginPid);
        Assert.Equal(second.PluginPid, DevInfoFile.Read(DevInfo)!.Pid);
        await omniview.AttachAsync(DevInfo);
        Assert.Equal("Hello, Ada!", await omniview.AskAsync("greet Ada"));
    }
}
