using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// The sessions one task of a node follows for all projects built there. MSBuild lets at most two more tasks wait than
/// it has nodes, even when they yield (18.9: with two processors the fourth plugin of a solution would never start), so
/// the first to wait takes over the sessions of those that come later, and these return at once.
/// </summary>
internal sealed class SessionWatch
{
    private readonly Lock _gate = new();
    private List<(DevSession Session, Task Following)>? _followed; // null: nobody waits
    private TaskCompletionSource _added = NewSource();
    private Func<DevSession, Task> _follow = _ => Task.CompletedTask;

    /// <summary>
    /// Gives the session to the task that waits, and returns at once; without one waits itself, until cancelled or
    /// until the last session has ended by itself. All sessions are ended then.
    /// </summary>
    /// <param name="session">Disposed here, in any case.</param>
    /// <param name="follow">Shows what happens in a session, to its end.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="DiagnosticException">OVP3003: the last session has ended by itself.</exception>
    public async Task WatchAsync(DevSession session, Func<DevSession, Task> follow, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_followed is not null)
            {
                _followed.Add((session, _follow(session)));
                _added.TrySetResult();
                return;
            }

            _follow = follow;
            _followed = [(session, follow(session))];
        }

        var cancelled = NewSource();
        await using var registration = cancellation.UnsafeRegister(_ => cancelled.TrySetResult(), null);
        while (await WaitAsync(cancelled.Task))
        {
        }
    }

    /// <summary>Waits for the next change; false when all is over.</summary>
    private async Task<bool> WaitAsync(Task cancelled)
    {
        List<(DevSession Session, Task Following)> followed;
        lock (_gate)
        {
            followed = [.. _followed!];
            if (_added.Task.IsCompleted)
            {
                _added = NewSource();
            }
        }

        await Task.WhenAny([
            cancelled,
            _added.Task,
            .. followed.Select(one => one.Following).Where(following => !following.IsCompleted),
        ]);
        lock (_gate)
        {
            if (!cancelled.IsCompleted && _followed!.Exists(one => !one.Following.IsCompleted))
            {
                return true;
            }

            followed = _followed!;
            _followed = null;
        }

        await Task.WhenAll(followed.Select(one => EndAsync(one.Session, one.Following, cancelled.IsCompleted)));
        return cancelled.IsCompleted
            ? false
            : throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.HostDoesNotAnswer, "The plugin was stopped by someone else, or the dev host has " +
                    "ended. Run the target again."));
    }

    private static async Task EndAsync(DevSession session, Task following, bool isWanted)
    {
        await using (session)
        {
            if (isWanted && !following.IsCompleted)
            {
                await session.EndAsync();
                await following;
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
