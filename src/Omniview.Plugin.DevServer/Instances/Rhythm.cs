namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// What is to be done every few seconds, at the same moments for everybody: an idle host costs what its awakenings cost, and
/// timers of their own would be as many of them as there are plugins.
/// </summary>
internal sealed class Rhythm
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, TaskCompletionSource> _due = [];
    private long _count;

    /// <summary>Ends at the next beat whose number the interval divides.</summary>
    public Task Next(int interval)
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

    /// <summary>To be called once a beat.</summary>
    public void Strike()
    {
        TaskCompletionSource? due;
        lock (_lock)
        {
            _due.Remove(++_count, out due);
        }

        due?.SetResult();
    }
}
