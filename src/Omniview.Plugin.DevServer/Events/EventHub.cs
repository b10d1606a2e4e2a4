namespace Omniview.Plugin.DevServer.Events;

/// <summary>Passes events on to everyone who listens. Publishing never waits: a slow listener is told that it missed some.</summary>
internal sealed class EventHub
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private long _lastId;

    /// <summary>Listens to one plugin.</summary>
    public Subscription Subscribe(string pluginId)
    {
        var subscription = new Subscription(pluginId, Remove);
        lock (_lock)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Publish(string type, string pluginId, object payload)
    {
        lock (_lock)
        {
            var happened = new HostEvent(++_lastId, type, pluginId, payload);
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(happened);
            }
        }
    }

    /// <summary>The plugin is gone: whoever listens to it hears what has been said, and then the end.</summary>
    public void Complete(string pluginId)
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions.Where(subscription => subscription.PluginId == pluginId))
            {
                subscription.Complete();
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
