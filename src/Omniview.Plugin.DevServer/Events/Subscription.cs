using System.Threading.Channels;

namespace Omniview.Plugin.DevServer.Events;

/// <summary>One listener's place in the events. What belongs to the place is guarded by the hub.</summary>
internal sealed class Subscription(EventHub hub, string? pluginId) : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Null for all plugins.</summary>
    public string? PluginId { get; } = pluginId;

    public long Next { get; set; }

    /// <summary>How many events there were up to the place, read or missed.</summary>
    public long Seen { get; set; }

    public long End { get; set; } = long.MaxValue;

    public long EndTotal { get; set; } = long.MaxValue;

    public static bool Wants(string? subscribed, string pluginId) => subscribed is null || subscribed == pluginId;

    public bool Wants(string pluginId) => Wants(PluginId, pluginId);

    /// <summary>Waits for something to read; false at the end.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        var more = await _signal.Reader.WaitToReadAsync(cancellation);
        _signal.Reader.TryRead(out _);
        return more;
    }

    /// <inheritdoc cref="EventHub.Read"/>
    public long Read(List<HostEvent> into) => hub.Read(this, into);

    public void Wake() => _signal.Writer.TryWrite(true);

    public void Finish() => _signal.Writer.TryComplete();

    /// <inheritdoc cref="EventHub.Complete(Subscription)"/>
    public void Complete() => hub.Complete(this);

    public void Dispose()
    {
        hub.Remove(this);
        Finish();
    }
}
