using System.Diagnostics;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>
/// The steps of upstream's dev tool on a save, one after the other as it takes them, written anew: half a second
/// without another save, stop the plugin, <c>go build</c> without flags, start, wait for the handshake, write .devinfo.
/// Its file events and its copy of the binary are left out, in its favour.
/// </summary>
internal sealed class UpstreamLoop : ISaveLoop
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(500);

    private readonly PluginProject _plugin;
    private readonly string _go = Command.Find("go");
    private RunningPlugin? _running;

    private UpstreamLoop(PluginProject plugin) => _plugin = plugin;

    public string DevInfoFile => Path.Combine(_plugin.Folder, ".devinfo");

    private string Binary => Path.Combine(_plugin.Folder, "build", "bin", "plugin");

    public static async Task<UpstreamLoop> StartAsync(PluginProject plugin, CancellationToken cancellation)
    {
        var loop = new UpstreamLoop(plugin);
        await loop.BuildAndStartAsync(cancellation);
        return loop;
    }

    public async Task<TimeSpan> SaveAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        _plugin.Save();
        await Task.Delay(Debounce, cancellation);
        var old = _running!;
        await old.StopAsync();
        await BuildAndStartAsync(cancellation);
        var time = Stopwatch.GetElapsedTime(start);
        await old.DisposeAsync();
        return time;
    }

    public ValueTask DisposeAsync() => _running?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task BuildAndStartAsync(CancellationToken cancellation)
    {
        await Command.RunAsync(_go, _plugin.Folder, cancellation, "build", "-o", Binary, "./pkg");
        _running = await RunningPlugin.StartAsync(Binary, _plugin.Folder, cancellation);
        _running.DevInfo.Write(DevInfoFile);
    }
}
