using System.Threading.Channels;

namespace Omniview.Plugin.DevServer.Events;

/// <summary>One listener's queue, bounded so that a client that never reads costs a fixed amount.</summary>
internal sealed class Subscription(string pluginId, Action<Subscription> remove) : IDisposable
{
    private const int Capacity = 4096;

    private readonly Channel<HostEvent> _events = Channel.CreateBounded<HostEvent>(Capacity);
    private int _missed;

    public string PluginId { get; } = pluginId;

    public ChannelReader<HostEvent> Events => _events.Reader;

    public void Offer(HostEvent happened)
    {
        if (happened.PluginId == PluginId && !_events.Writer.TryWrite(happened))
        {
            Interlocked.Increment(ref _missed);
        }
    }

    /// <summary>How many events were dropped since this was last asked.</summary>
    public int TakeMissed() => Interlocked.Exchange(ref _missed, 0);

    /// <summary>Nothing more comes; what is in the queue can still be read.</summary>
    public void Complete() => _events.Writer.TryComplete();

    public void Dispose()
    {
        remove(this);
        Complete();
    }
}
