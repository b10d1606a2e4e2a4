using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>The last turns of a plugin's loop.</summary>
internal sealed class BuildHistory
{
    public const int Capacity = 50;

    private readonly Lock _lock = new();
    private readonly Queue<BuildRecord> _records = new(Capacity);
    private long _number;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<BuildRecord> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    public void Add(RecordTurn turn)
    {
        lock (_lock)
        {
            if (_records.Count == Capacity)
            {
                _records.Dequeue();
            }

            var total = (turn.Ended - turn.Begun).TotalMilliseconds;
            _records.Enqueue(
                new BuildRecord(
                    ++_number,
                    Timestamp.Of(turn.Begun.Clock),
                    turn.Result,
                    turn.Generation,
                    turn.Times,
                    total,
                    turn.Error));
        }
    }
}
