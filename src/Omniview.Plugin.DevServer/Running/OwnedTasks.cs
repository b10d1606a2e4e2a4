using System.Collections.Concurrent;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>Tasks under a number: each is ended by it, and none is forgotten.</summary>
internal sealed class OwnedTasks
{
    private readonly ConcurrentDictionary<int, (Task Task, CancellationTokenSource Ending)> _tasks = [];

    /// <summary>Starts one on the thread pool. It has to deal with its exceptions itself.</summary>
    public void Start(int number, Func<CancellationToken, Task> run)
    {
        var ending = new CancellationTokenSource();
        // nothing of it runs on the caller
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? task = null;
        task = Task.Run(async () =>
        {
            await go.Task;
            try
            {
                await run(ending.Token);
            }
            finally
            {
                _tasks.TryRemove(new(number, (task!, ending))); // only this one: by now the number may be another's
                ending.Dispose();
            }
        });
        _tasks[number] = (task, ending);
        go.SetResult();
    }

    public void Cancel(int number)
    {
        if (_tasks.TryGetValue(number, out var owned))
        {
            try
            {
                owned.Ending.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // it has just ended
            }
        }
    }

    /// <summary>Ends all of them, and returns when they have.</summary>
    public async Task EndAsync()
    {
        foreach (var number in _tasks.Keys)
        {
            Cancel(number);
        }

        await Task.WhenAll(_tasks.Values.Select(owned => owned.Task)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
    }
}
