namespace Omniview.Plugin.DevServer.Events;

/// <summary>
/// The events of the last while, kept once for everybody: a subscription is only a place in them. So a client that
/// never reads costs nothing, one that comes back goes on where it was, and one that is too slow is told how much it
/// missed. Publishing never waits.
/// </summary>
internal sealed class EventHub
{
    public const int Capacity = 4096;
    private const int MaxWeight = 2 * 1024 * 1024;
    private const int MaxBatch = 256;

    // Ids of a later host are higher: a client that comes back with an id of an earlier one is recognised.
    private const int IdsPerMillisecond = 1 << 20;

    private readonly Lock _lock = new();
    private readonly HostEvent?[] _kept = new HostEvent?[Capacity];
    private readonly Dictionary<string, Counts> _counts = new(StringComparer.Ordinal);
    private readonly List<Subscription> _subscriptions = [];
    private long _first; // oldest that is kept; one more than the last when there is none
    private long _last;
    private long _weight;
    private bool _completed;

    public EventHub(DateTimeOffset? started = null)
    {
        _last = (started ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds() * IdsPerMillisecond;
        _first = _last + 1;
    }

    /// <summary>The number of the last event.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>
    /// The next number for a state of this plugin; goes on rising when the plugin is stopped and started again.
    /// </summary>
    public long NextStateSeq(string pluginId)
    {
        lock (_lock)
        {
            return ++CountsOf(pluginId).States;
        }
    }

    /// <summary>The next number for a line of this plugin's log, likewise.</summary>
    public long NextLogSeq(string pluginId)
    {
        lock (_lock)
        {
            return ++CountsOf(pluginId).Lines;
        }
    }

    public void Publish(string type, string pluginId, object payload, int weight = 512)
    {
        lock (_lock)
        {
            if (_completed)
            {
                return;
            }

            var id = ++_last;
            while (id - _first >= Capacity || (_weight + weight > MaxWeight && _first < id))
            {
                ref var oldest = ref _kept[_first++ % Capacity];
                _weight -= oldest!.Weight;
                oldest = null;
            }

            _kept[id % Capacity] = new HostEvent(id, ++CountsOf(pluginId).Events, type, pluginId, payload, weight);
            _weight += weight;
            foreach (var subscription in _subscriptions.Where(subscription => subscription.Wants(pluginId)))
            {
                subscription.Wake();
            }
        }
    }

    /// <summary>Listens to what happens from now on.</summary>
    /// <param name="pluginId">To one plugin; null for all.</param>
    public Subscription Subscribe(string? pluginId = null)
    {
        lock (_lock)
        {
            return Add(new Subscription(this, pluginId) { Next = _last + 1, Seen = Total(pluginId) });
        }
    }

    /// <summary>Goes on after an event; null when what came after that is not known any more.</summary>
    public Subscription? Resume(string? pluginId, long after)
    {
        lock (_lock)
        {
            if (after < _first - 1 || after > _last)
            {
                return null;
            }

            long coming = 0;
            for (var id = after + 1; id <= _last; id++)
            {
                coming += Subscription.Wants(pluginId, _kept[id % Capacity]!.PluginId) ? 1 : 0;
            }

            var subscription = Add(
                new Subscription(this, pluginId) { Next = after + 1, Seen = Total(pluginId) - coming });
            subscription.Wake();
            return subscription;
        }
    }

    /// <summary>
    /// The next events of a subscription, at most a few hundred, and how many before them are lost to it.
    /// </summary>
    public long Read(Subscription subscription, List<HostEvent> into)
    {
        lock (_lock)
        {
            var end = Math.Min(_last, subscription.End);
            for (
                subscription.Next = Math.Max(subscription.Next, _first);
                subscription.Next <= end && into.Count < MaxBatch;
                subscription.Next++)
            {
                if (_kept[subscription.Next % Capacity] is { } happened && subscription.Wants(happened.PluginId))
                {
                    into.Add(happened);
                }
            }

            var missed =
                (
                    into.Count > 0
                        ? Ordinal(subscription, into[0]) - 1
                        : Math.Min(Total(subscription.PluginId), subscription.EndTotal)
                ) - subscription.Seen;
            subscription.Seen += missed + into.Count;
            if (subscription.Next <= end)
            {
                subscription.Wake(); // there is more
            }
            else if (subscription.End < long.MaxValue)
            {
                subscription.Finish();
            }

            return missed;
        }
    }

    /// <summary>The plugin is gone: whoever listens to it alone hears what has been said, and then the end.</summary>
    public void Complete(string pluginId)
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions.Where(subscription => subscription.PluginId == pluginId))
            {
                End(subscription);
            }
        }
    }

    /// <summary>The host ends.</summary>
    public void CompleteAll()
    {
        lock (_lock)
        {
            _completed = true;
            _subscriptions.ForEach(End);
        }
    }

    /// <summary>Nothing more comes; what has been published can still be read.</summary>
    public void Complete(Subscription subscription)
    {
        lock (_lock)
        {
            End(subscription);
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private static long Ordinal(Subscription subscription, HostEvent happened) =>
        subscription.PluginId is null ? happened.Id : happened.Ordinal;

    private Subscription Add(Subscription subscription)
    {
        _subscriptions.Add(subscription);
        if (_completed)
        {
            End(subscription);
        }

        return subscription;
    }

    private void End(Subscription subscription)
    {
        subscription.End = Math.Min(subscription.End, _last);
        subscription.EndTotal = Math.Min(subscription.EndTotal, Total(subscription.PluginId));
        subscription.Wake();
    }

    private long Total(string? pluginId) => pluginId is null ? _last : _counts.GetValueOrDefault(pluginId)?.Events ?? 0;

    private Counts CountsOf(string pluginId) =>
        _counts.TryGetValue(pluginId, out var counts) ? counts : _counts[pluginId] = new Counts();

    private sealed class Counts
    {
        public long Events { get; set; }

        public long States { get; set; }

        public long Lines { get; set; }
    }
}
