using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Board;

/// <summary>
/// Lines that wait to be passed on together: all of ours, and of the children's as many as the budget allows. Not for
/// two threads at a time.
/// </summary>
internal sealed class PendingLog(TimeProvider time)
{
    private readonly LogBudget _budget = new(time);
    private readonly List<LogEntry> _entries = [];
    private int _leftOut;

    public void Add(LogEntry entry)
    {
        if (entry.Source == LogSource.Manager || _budget.Take(entry.Message))
        {
            _entries.Add(entry);
        }
        else
        {
            _leftOut++;
        }
    }

    public LogEntry[] Take()
    {
        LogEntry[] entries = [.. _entries];
        _entries.Clear();
        return entries;
    }

    /// <summary>How many lines came too fast since the last time.</summary>
    public int TakeLeftOut()
    {
        var leftOut = _leftOut;
        _leftOut = 0;
        return leftOut;
    }
}
