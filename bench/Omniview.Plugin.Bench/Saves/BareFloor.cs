using System.Diagnostics;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>What a save costs with nothing around it: <c>go build</c> without flags, then the plugin's start to its handshake.</summary>
internal sealed class BareFloor(World world) : ISaveLoop
{
    private readonly SamplePlugin _plugin = SamplePlugin.Copy(world, "bare-floor");
    private readonly string _go = Command.Find("go");

    public async Task<TimeSpan> SaveAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        _plugin.Save();
        var binary = Path.Combine(_plugin.Folder, "build", "bin", "plugin");
        await Command.RunAsync(_go, _plugin.Folder, cancellation, "build", "-o", binary, "./pkg");
        await using var running = await RunningPlugin.StartAsync(binary, _plugin.Folder, cancellation);
        return Stopwatch.GetElapsedTime(start);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
