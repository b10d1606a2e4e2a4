namespace Omniview.Plugin.DevServer.Events;

/// <summary>
/// What is to be done every few seconds, at the same moments for everybody: an idle host costs what its awakenings
/// cost, and timers of their own would be as many of them as there are plugins.
/// </summary>
internal sealed class SharedTimer
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, TaskCompletionSource> _due = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Holds)> _awaited = [];
    private long _count;

    /// <summary>Ends at the next tick whose number the interval divides.</summary>
    public Task NextAsync(int interval)
    {
        lock (_lock)
        {
            var at = ((_count / interval) + 1) * interval;
            if (!_due.TryGetValue(at, out var due))
            {
                _due[at] = due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return due.Task;
        }
    }

    /// <summary>
    /// Ends at the first tick at which the condition holds, or fails if that does; nobody is woken to find out.
    /// </summary>
    public Task UntilAsync(Func<bool> condition)
    {
        var holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((condition, holds));
        }

        return holds.Task;
    }

    /// <summary>To be called once a period.</summary>
    public void Tick()
    {
        TaskCompletionSource? due;
        lock (_lock)
        {
            _due.Remove(++_count, out due);
            _awaited.RemoveAll(one => IsOver(one.Condition, one.Holds)); // completed here, continued on the thread pool
        }

        due?.SetResult();
    }

    private static bool IsOver(Func<bool> condition, TaskCompletionSource holds)
    {
        try
        {
            return condition() && holds.TrySetResult();
        }
        catch (Exception e)
        {
            return holds.TrySetException(e); // the others' conditions are asked all the same
        }
    }
}
