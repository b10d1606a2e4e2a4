using System.Diagnostics;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>
/// What a save costs with nothing around it: <c>go build</c> without flags, then the plugin's start to its handshake.
/// </summary>
internal sealed class BareFloor(PluginProject plugin) : ISaveLoop
{
    private readonly string _go = Command.Find("go");

    public async Task<TimeSpan> SaveAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        plugin.Save();
        var binary = Path.Combine(plugin.Folder, "build", "bin", "plugin");
        await Command.RunAsync(_go, plugin.Folder, cancellation, "build", "-o", binary, "./pkg");
        await using var running = await RunningPlugin.StartAsync(binary, plugin.Folder, cancellation);
        return Stopwatch.GetElapsedTime(start);
    }

    public async Task<TimeSpan> FailAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        plugin.Break();
        try
        {
            await Command.RunAsync(
                _go,
                plugin.Folder,
                cancellation,
                "build",
                "-o",
                Path.Combine(plugin.Folder, "build", "bin", "plugin"),
                "./pkg");
        }
        catch (BenchException)
        {
            return Stopwatch.GetElapsedTime(start);
        }

        throw new BenchException("A build with an error in it did not fail.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
