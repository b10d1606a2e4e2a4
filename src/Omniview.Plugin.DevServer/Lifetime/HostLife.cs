using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Lifetime;

/// <summary>
/// Decides when the host is no longer needed: no plugin runs or is being started, and nobody has just found it.
/// </summary>
internal sealed class HostLife(PluginManager manager)
{
    // on a busy machine a client gets no further for seconds
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _starting;
    private long _neededUntil;

    /// <summary>Someone has found the host and will ask for something; false when it is too late for that.</summary>
    public bool Touch()
    {
        lock (_lock)
        {
            _neededUntil = Math.Max(_neededUntil, Environment.TickCount64 + (long)GracePeriod.TotalMilliseconds);
            return !manager.IsClosed;
        }
    }

    /// <summary>
    /// A plugin is about to be stopped by someone who is likely to start it again: the host stays for a while, as long
    /// as no other client lets go of the last plugin.
    /// </summary>
    public void AwaitStart()
    {
        lock (_lock)
        {
            _neededUntil = Environment.TickCount64 + (long)StartLimit.TotalMilliseconds;
        }
    }

    /// <summary>Someone is starting a plugin; dispose when it is started.</summary>
    public IDisposable Starting()
    {
        lock (_lock)
        {
            _starting++;
        }

        return new Start(this);
    }

    /// <summary>
    /// Someone has stopped something: if it was the last, true, and from now on nothing can be started.
    /// </summary>
    public bool EndIfIdle()
    {
        lock (_lock)
        {
            return _starting == 0 && manager.CloseIfIdle();
        }
    }

    /// <summary>Someone wants the host to end, needed or not.</summary>
    public void End() => _told.TrySetResult();

    /// <summary>Returns when the host is to end.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        Touch(); // whoever started it has yet to come
        while (!manager.IsClosed && !_told.Task.IsCompleted)
        {
            await Task.WhenAny(_told.Task, NextLookAsync(cancellation)).WaitAsync(cancellation);
            Unfailing.Do("looking whether the host is needed", EndUnlessNeeded);
        }
    }

    private void EndUnlessNeeded()
    {
        lock (_lock)
        {
            if (Environment.TickCount64 > _neededUntil)
            {
                EndIfIdle();
            }
        }
    }

    /// <summary>As long as there are plugins, whoever stops the last one looks too.</summary>
    private Task NextLookAsync(CancellationToken cancellation) =>
        manager.All.Count > 0
            ? manager.Timer.UntilAsync(() => manager.IsClosed || manager.All.Count == 0)
            : Task.Delay(CheckInterval, cancellation);

    private sealed class Start(HostLife life) : IDisposable
    {
        public void Dispose()
        {
            lock (life._lock)
            {
                life._starting--;
            }
        }
    }
}
