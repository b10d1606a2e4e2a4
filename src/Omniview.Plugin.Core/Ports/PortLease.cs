namespace Omniview.Plugin.Core.Ports;

/// <summary>A port one holder has; disposing gives back this very hold, so a late release can't free a successor's port.</summary>
public sealed class PortLease(int port, Action<int> release) : IDisposable
{
    private int _released;

    public int Port { get; } = port;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release(Port);
        }
    }
}
