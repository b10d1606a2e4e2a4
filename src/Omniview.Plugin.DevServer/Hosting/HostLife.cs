using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>Decides when the host is no longer needed: no plugin, no session, and nobody who has just found it.</summary>
internal sealed class HostLife(InstanceManager manager)
{
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(100);
    private int _connected;
    private long _lastContact = Environment.TickCount64;

    /// <summary>Whether it ends by itself unless someone comes.</summary>
    public bool EndsSoon => manager.IsIdle;

    /// <summary>Someone has found the host and will ask for something.</summary>
    public void Touch() => Volatile.Write(ref _lastContact, Environment.TickCount64);

    /// <summary>Someone stays; dispose when they go.</summary>
    public IDisposable Connect()
    {
        Interlocked.Increment(ref _connected);
        return new Connection(this);
    }

    /// <summary>Returns when nobody needs the host any more.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(CheckInterval);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            if (manager.IsIdle
                && Volatile.Read(ref _connected) == 0
                && Environment.TickCount64 - Volatile.Read(ref _lastContact) > Courtesy.TotalMilliseconds)
            {
                return;
            }
        }
    }

    private sealed class Connection(HostLife life) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref life._connected);
    }
}
