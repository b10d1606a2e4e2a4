using Omniview.Plugin.Core.Hosting;

namespace Omniview.Plugin.DevServer.Events;

/// <summary>The last lines of a plugin's log, oldest first.</summary>
internal sealed class LogRing
{
    public const int Capacity = 5000;

    private readonly Queue<LogEntry> _entries = new(Capacity);

    public void Add(LogEntry entry)
    {
        if (_entries.Count == Capacity)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue(entry);
    }

    /// <param name="count">How many of the newest; everything when not positive.</param>
    public IReadOnlyList<LogEntry> Last(int count) => count <= 0 ? [.. _entries] : [.. _entries.TakeLast(count)];
}
