using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.DevServer.Debugging;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// A plugin under dlv, which is the process we have started and outlives it: asked from time to time what its program
/// does.
/// </summary>
internal sealed class Debuggee : IAsyncDisposable
{
    private const int LongestName = 15; // of a program in /proc/PID/stat, proc_pid_stat(5)
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ManagedProcess _debugger;
    private readonly DelveConnection _connection;
    private readonly Action _panicked;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _following;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DebuggeeState _state;

    /// <param name="debugger">dlv.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="panicked">Told when the plugin has panicked: it does not end of that any more.</param>
    public Debuggee(ManagedProcess debugger, int port, Action panicked)
    {
        _debugger = debugger;
        _panicked = panicked;
        Id = debugger.Id;
        _connection = new DelveConnection(port);
        _following = FollowAsync();
        Exited = ExitAsync();
    }

    /// <summary>The plugin's, once identified; before, and on systems that don't tell, that of its debugger.</summary>
    public int Id { get; private set; }

    /// <summary>The exit code of the plugin, or of the debugger if that has ended first.</summary>
    public Task<int> Exited { get; }

    /// <summary>As last heard of.</summary>
    public DebuggeeState State => _state;

    /// <summary>Looks for the plugin among the debugger's descendants.</summary>
    /// <param name="name">File name of its program.</param>
    public int Identify(string name)
    {
        var shown = name.Length > LongestName ? name[..LongestName] : name;
        return Id = _debugger.Usage().Processes.FirstOrDefault(
            process => process.Pid != _debugger.Id && process.Name == shown)?.Pid ?? _debugger.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _following;
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                var (state, exitCode) = await _connection.AskAsync(_ended.Token);
                var before = _state;
                _state = state;
                if (state == DebuggeeState.Panicked && before != state)
                {
                    Unfailing.Do("telling of a panic", _panicked);
                }

                if (state == DebuggeeState.Exited)
                {
                    _exited.TrySetResult(exitCode);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
        finally
        {
            _connection.Dispose();
        }
    }

    private async Task<int> ExitAsync() => await await Task.WhenAny(_exited.Task, _debugger.Exited);
}
