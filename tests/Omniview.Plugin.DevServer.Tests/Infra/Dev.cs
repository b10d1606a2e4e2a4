using System.Runtime.CompilerServices;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// An open session whose events are kept in order. The waits look at events from the last one waited for onwards, so a
/// test reads like the story it tells.
/// </summary>
internal sealed class Dev : IDevListener, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<object> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    public Dev(DevSession session)
    {
        Session = session;
        Ended = session.FollowAsync(this);
    }

    public DevSession Session { get; }

    public HostClient Host => Session.Client;

    /// <summary>Completes when the stream of events has ended.</summary>
    public Task Ended { get; }

    public IReadOnlyList<DevServerState> States => Seen<DevServerState>();

    public IReadOnlyList<LogEntry> Logs => Seen<LogEntry>();

    /// <summary>The problems as of the last event about them.</summary>
    public IReadOnlyList<BuildError> Errors => Seen<IReadOnlyList<BuildError>>()[^1];

    public Task<DevServerState> StateAsync(
        Func<DevServerState, bool> condition,
        [CallerArgumentExpression(nameof(condition))] string what = "") =>
        NextAsync(condition, what);

    public Task<LogEntry> LogAsync(string text) =>
        NextAsync<LogEntry>(
            entry => entry.Message.Contains(text, StringComparison.Ordinal), $"a log line with '{text}'");

    /// <summary>
    /// The first plugin is ready, and so is all that comes behind it: nothing more happens by itself.
    /// </summary>
    public Task RestAsync() => LogAsync("needs no go command from here on");

    public Task<IReadOnlyList<BuildError>> ErrorsAsync(
        Func<IReadOnlyList<BuildError>, bool> condition,
        [CallerArgumentExpression(nameof(condition))] string what = "") =>
        NextAsync(condition, what);

    /// <summary>The one problem there is, once it has this code.</summary>
    public async Task<BuildError> ErrorAsync(string code) =>
        Assert.Single(await ErrorsAsync(errors => errors.Any(error => error.Code == code), $"a problem {code}"));

    /// <summary>The generation runs and answers, and nothing is being built.</summary>
    public Task<DevServerState> ReadyAsync(int generation) =>
        StateAsync(
            state => state.Generation >= generation && state is { GoStatus: ProcessStatus.Ready, GrpcConnected: true },
            $"generation {generation} is ready");

    /// <summary>Vite is ready.</summary>
    public Task<DevServerState> ViteReadyAsync() =>
        StateAsync(state => state.ViteStatus == ProcessStatus.Ready, "Vite is ready");

    /// <summary>From here on the waits look at new events only.</summary>
    public void Skip()
    {
        lock (_lock)
        {
            _next = _events.Count;
        }
    }

    public void Started(DevSession session)
    {
        foreach (var entry in session.Started.Logs)
        {
            Add(entry);
        }

        Add(session.Started.Errors);
        Add(session.Started.State);
    }

    public void StatusChanged(DevServerState state) => Add(state);

    public void Logged(LogEntry entry) => Add(entry);

    public void ErrorsChanged(IReadOnlyList<BuildError> errors) => Add(errors);

    /// <summary>Closes the connection without a word, as the death of a client would.</summary>
    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Ended.WaitAsync(Limits.Wait);
    }

    /// <summary>All events, for a test that failed.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join(
                '\n',
                _events.Select(one =>
                    one is IReadOnlyList<BuildError> errors ? $"errors: {string.Join(", ", errors)}" : one.ToString()));
        }
    }

    private async Task<T> NextAsync<T>(Func<T, bool> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limits.Wait);
        while (true)
        {
            Task more;
            bool last;
            lock (_lock)
            {
                last = Ended.IsCompleted;
                for (; _next < _events.Count; _next++)
                {
                    if (_events[_next] is T one && condition(one))
                    {
                        _next++;
                        return one;
                    }
                }

                more = _more.Task;
            }

            if (last)
            {
                Assert.Fail($"The session ended, and this had not come: {what}\n{this}");
            }

            try
            {
                await Task.WhenAny(more, Ended).WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"In {Limits.Wait.TotalSeconds} s this did not come: {what}\n{this}");
            }
        }
    }

    private List<T> Seen<T>()
    {
        lock (_lock)
        {
            return [.. _events.OfType<T>()];
        }
    }

    private void Add(object one)
    {
        lock (_lock)
        {
            _events.Add(one);
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
