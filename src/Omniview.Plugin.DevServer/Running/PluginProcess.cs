using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Debugging;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>One running plugin, as <see cref="PluginLauncher"/> started it.</summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    // it needs hundredths of one, and nobody cleans up there
    private static readonly TimeSpan DebuggerGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HealthLimit = TimeSpan.FromSeconds(3);
    private const int LookInterval = 15; // ticks, as the heartbeat of streams has; that it has ended is told at once

    private readonly ManagedProcess _process;
    private readonly Debuggee? _debuggee;
    private readonly PluginConnection _connection;
    private readonly CancellationTokenSource _listening = new();
    private readonly Task _output;
    private readonly string? _socketFolder;

    internal PluginProcess(
        ManagedProcess process,
        Debuggee? debuggee,
        string? socketFolder,
        Handshake handshake,
        PluginConnection connection,
        PluginHealth health,
        PluginTimes times,
        PluginBoard board)
    {
        _process = process;
        _debuggee = debuggee;
        _socketFolder = socketFolder;
        _connection = connection;
        Health = health;
        Handshake = handshake;
        Times = times;
        // of a plugin that prints all the time no read has to wait
        _output = Task.Run(() => ForwardOutputAsync(board, _listening.Token));
    }

    public int Id => _debuggee?.Id ?? _process.Id;

    public Handshake Handshake { get; }

    public PluginTimes Times { get; }

    /// <summary>What it answered when it was started.</summary>
    public PluginHealth Health { get; }

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public Task<int> Exited => _debuggee?.Exited ?? _process.Exited;

    /// <summary>TERM, five seconds (two under a debugger), KILL; returns when the whole group is gone.</summary>
    public async Task StopAsync()
    {
        if (_debuggee is not null)
        {
            await _debuggee.DisposeAsync();
        }

        await _process.StopAsync(_debuggee is null ? StopGrace : DebuggerGrace);
        await _listening.CancelAsync();
        await _output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _connection.Dispose();
        _listening.Dispose();
        await _process.DisposeAsync();
        if (_socketFolder is not null)
        {
            SocketFolders.Delete(_socketFolder);
        }
    }

    /// <summary>
    /// Asks for its health from time to time, and tells of every change, until it is stopped. One at a breakpoint can't
    /// answer, and is as healthy as it was.
    /// </summary>
    /// <param name="timer">When.</param>
    /// <param name="changed">Gets the new health.</param>
    /// <param name="standsStill">Told when it is found to stand at a breakpoint, once until it answers again.</param>
    public async Task MonitorHealthAsync(SharedTimer timer, Action<PluginHealth> changed, Action standsStill)
    {
        var health = Health;
        var stoodStill = false;
        try
        {
            while (true)
            {
                await timer.NextAsync(LookInterval).WaitAsync(_listening.Token);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_listening.Token);
                limit.CancelAfter(HealthLimit);
                var before = health;
                var standing = false;
                try
                {
                    health = await _connection.CheckHealthAsync(limit.Token);
                }
                catch (OperationCanceledException) when (!_listening.IsCancellationRequested)
                {
                    standing = _debuggee?.State == DebuggeeState.Stopped;
                    health = standing ? before : PluginHealth.Silent;
                }

                if (standing && !stoodStill)
                {
                    standsStill();
                }

                stoodStill = standing;
                if (health != before && !Exited.IsCompleted)
                {
                    Unfailing.Do("telling of the plugin's health", () => changed(health));
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private async Task ForwardOutputAsync(PluginBoard board, CancellationToken cancellation)
    {
        var lines = new Dictionary<bool, LineSplitter>
        {
            [false] = new(isError: false, line => board.Output(LogSource.Plugin, line)),
            [true] = new(isError: true, line => board.Output(LogSource.Plugin, line)),
        };
        await foreach (var (isError, data) in _connection.ReadOutputAsync(cancellation))
        {
            // unread it would come to a standstill
            Unfailing.Do("passing on what the plugin prints", () => lines[isError].Feed(data));
        }

        foreach (var splitter in lines.Values)
        {
            splitter.Complete();
        }
    }
}
