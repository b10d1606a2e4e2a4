using System.Collections.Concurrent;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.StateMachine;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>
/// A plugin is built, saved, broken, mended and stopped for real, in this process. What happened to it is recorded, and
/// the machine comes to the same from the record alone: it depends on nothing but what it is told.
/// </summary>
public sealed class ReplayingARealRun : HostScratch
{
    private readonly ConcurrentQueue<(
        PluginMessage Message, PluginState State, IReadOnlyList<PluginEffect> Effects)> _record = [];

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_came_of_each_message_comes_of_it_again()
    {
        HostFiles.Create();
        var parts = new HostParts(
            State,
            new PortAllocator(),
            new SocketFolders(HostFiles.Sockets),
            new SharedTimer(),
            new EventHub());
        var settings = Settings(Project) with
        {
            Environment = new Dictionary<string, string>(Environment)
            {
                ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            },
        };
        var manifest = ManifestReader.Read(Project).Manifest!;
        using var instance = new PluginInstance(
            settings,
            manifest,
            Lease.OfSession("test"),
            parts,
            (message, state, effects) => _record.Enqueue((message, state, effects)));
        var first = instance.State;

        instance.Start();
        await UntilAsync(instance, state => state is { GoStatus: ProcessStatus.Ready, Generation: 1 });
        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        await UntilAsync(instance, state => state is { GoStatus: ProcessStatus.Error, Stale: true });
        Replace("pkg/greeting.go", "missing", "\"Mended\"");
        await UntilAsync(instance, state => state is { GoStatus: ProcessStatus.Ready, Generation: 2, Stale: false });
        await instance.RestartAsync();
        await UntilAsync(instance, state => state is { GoStatus: ProcessStatus.Ready, GrpcConnected: true });
        Assert.True(await instance.ReleaseAsync(Lease.OfSession("test")));

        Assert.Equal(ProcessStatus.Stopped, instance.Board.State.GoStatus);
        Assert.Contains(_record, one => one.Message is PluginStarted);
        var now = first;
        foreach (var (message, state, effects) in _record)
        {
            (now, var again) = PluginMachine.Next(now, message);
            Assert.Equal(effects, again);
            Assert.Equal(WireState.Of(state), WireState.Of(now));
            Assert.Equal(PluginMachine.DevInfoOf(state), PluginMachine.DevInfoOf(now));
        }

        Assert.Equal(Life.Stopped, now.Life);
    }

    private static async Task UntilAsync(PluginInstance instance, Func<DevServerState, bool> holds)
    {
        try
        {
            await instance.UntilAsync(state => holds(WireState.Of(state))).WaitAsync(Limits.Wait, Cancellation);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{instance.State.Life} {instance.State.Backend}\n{string.Join('\n', instance.Board.Logs())}");
        }
    }
}
