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
        { IsBackground = true, Name = "omniview-spawn" }.Start();

    /// <summary>Runs the function on the thread and waits for its result; its exception is thrown here.</summary>
    public static T Run<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }
}
