namespace Omniview.Plugin.Core.Ports;

/// <summary>
/// A port one holder has; disposing gives back this very hold, so a late release can't free a successor's port.
/// </summary>
internal sealed class PortLease(int port, Action<int> release) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private int _released;

    public int Port { get; } = port;

    /// <summary>
    /// For when the server has ended: waits until nothing listens on the port any more, so that the next one finds it
    /// free.
    /// </summary>
    /// <returns>Who still listens after the limit, as <c>program (PID): port</c>; null when nobody does.</returns>
    public async Task<string?> UnboundAsync(TimeSpan limit)
    {
        var until = Environment.TickCount64 + limit.TotalMilliseconds;
        while (!PortAllocator.IsFree(Port))
        {
            if (Environment.TickCount64 > until)
            {
                return PortHolder.In(new PortRange(Port, Port)) is [var holder, ..]
                    ? holder.ToString()
                    : "a program the system does not name";
            }

            await Task.Delay(PollInterval);
        }

        return null;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release(Port);
        }
    }
}
