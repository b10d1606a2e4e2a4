using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Events;

/// <summary>The last lines of a plugin's log, oldest first: 5,000 of usual length, fewer of very long ones.</summary>
internal sealed class LogRing
{
    public const int Capacity = 5000;
    private const long MaxCharacters = 8 * 1024 * 1024;

    private readonly Queue<LogEntry> _entries = new(Capacity);
    private long _characters;

    public void Add(LogEntry entry)
    {
        _characters += entry.Message.Length;
        _entries.Enqueue(entry);
        while (_entries.Count > Capacity || (_characters > MaxCharacters && _entries.Count > 1))
        {
            _characters -= _entries.Dequeue().Message.Length;
        }
    }

    /// <param name="count">How many of the newest; everything when not positive.</param>
    public IReadOnlyList<LogEntry> Last(int count) => count <= 0 ? [.. _entries] : [.. _entries.TakeLast(count)];
}
