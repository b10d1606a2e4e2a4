using System.Collections.Concurrent;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// The one thread that starts children. Linux sends a child its parent-death signal when the <em>thread</em> that
/// forked it ends (prctl(2), PR_SET_PDEATHSIG), so a pool thread would kill children at random: this thread lives as
/// long as the process.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static SpawnThread() =>
        new Thread(() =>
        {
            foreach (var action in Work.GetConsumingEnumerable())
            {
                action();
            }
        })
        { IsBackground = true, Name = "omniview-spawn" }.UnsafeStart();

    /// <summary>
    /// Runs the function on the thread and waits for its result; its exception is thrown here. What it begins there and
    /// leaves behind, such as the reading of a pipe, belongs to the caller: it has the caller's execution context.
    /// </summary>
    public static T Run<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Answer(object? _)
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }

        var context = ExecutionContext.Capture();
        Work.Add(context is null ? () => Answer(null) : () => ExecutionContext.Run(context, Answer, null));
        return done.Task.GetAwaiter().GetResult();
    }
}
