using System.Diagnostics;
using System.Text.Json;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>A world in which somebody else runs plugins.</summary>
public abstract class OthersScratch : HostScratch
{
    private readonly List<Process> _others = [];

    /// <summary>Somebody else's process, until the test ends.</summary>
    protected Process Sleep()
    {
        var other = Process.Start("sleep", "1000");
        _others.Add(other);
        return other;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            other.Kill();
            other.Dispose();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<DevServerState> StateAsync(
        RawApi api, string id, Func<DevServerState, bool> condition)
    {
        DevServerState? state = null;
        await Poll.UntilAsync(
            async () =>
                condition(
                    state = JsonSerializer.Deserialize<DevServerState>(
                        (await api.GetAsync($"plugins/{id}")).Body, WireJson.Options
                    )!),
            $"the state of {id}");
        return state!;
    }

    protected string DevInfoOf(string id) => Path.Combine(State, "plugins", id, ".devinfo");

    protected void Write(string id, int pid, string address, int vitePort = 0) =>
        new DevInfoFile(pid, "grpc", 1, address) { PluginId = id, VitePort = vitePort }.Write(DevInfoOf(id));
}
