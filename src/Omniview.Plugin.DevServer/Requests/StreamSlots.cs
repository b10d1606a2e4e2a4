namespace Omniview.Plugin.DevServer.Requests;

/// <summary>Bounds how many clients listen at once: each costs a connection and its buffers.</summary>
internal sealed class StreamSlots(int most = StreamSlots.Most)
{
    public const int Most = 256;

    private int _taken;

    /// <summary>Null when there are too many already; disposed when the client has gone.</summary>
    public IDisposable? Take()
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return new Slot(this);
        }

        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Slot(StreamSlots slots) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref slots._taken);
    }
}
