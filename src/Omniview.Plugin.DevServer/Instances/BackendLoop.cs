using System.Diagnostics;
using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// What happens on a save: the build begins at once, since most of the time a single save is all there is. A newer change ends
/// it, and the next one begins when it has been quiet for a moment; there are never two cycles of one plugin.
/// </summary>
internal sealed class BackendLoop
{
    private const int MostSuperseded = 3; // in a row: then one is let through, or there would never be any

    private readonly PluginContext _context;
    private readonly SourceFollower _sources;
    private readonly IncrementalBuild _incremental;
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private volatile Action _endStart = () => { };
    private CancellationTokenSource? _busy;
    private long _lastChange;
    private bool _isBurst;
    private int _superseded;
    private double? _detectMs;

    public BackendLoop(PluginContext context)
    {
        _context = context;
        _incremental = new IncrementalBuild(context);
        _sources = new SourceFollower(context, _incremental, OnChanged);
    }

    /// <summary>Builds again even though nothing changed, and does not wait for what is being started.</summary>
    public void RequestRebuild()
    {
        _endStart();
        Wake();
    }

    /// <inheritdoc cref="SourceFollower.LookAgain"/>
    public void LookAgain() => _sources.LookAgain();

    /// <summary>Watches anew: another folder has the project's path by now.</summary>
    public void Rewatch() => _sources.Rewatch();

    /// <summary>Builds, swaps and watches until cancelled; leaves no plugin running.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var swap = new PluginSwap(_context, Wake);
        _endStart = swap.EndStart;
        var watching = _sources.RunAsync(cancellation);
        var cycle = new BuildCycle(_context, swap, _incremental);
        Wake();
        try
        {
            while (true)
            {
                var woken = _wakeUps.Reader.ReadAsync(cancellation).AsTask();
                await (await Task.WhenAny(woken, watching).ConfigureAwait(false)).ConfigureAwait(false); // without the watcher it would go on, deaf
                var turn = new BuildTurn();
                await SettleAsync(turn, cancellation).ConfigureAwait(false);
                await RunCycleAsync(cycle, turn, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _incremental.Forget();
        }
    }

    private async Task RunCycleAsync(BuildCycle cycle, BuildTurn turn, CancellationToken cancellation)
    {
        if (_context.IsProjectGone)
        {
            return; // said already; it is woken when the folder is back
        }

        using var busy = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_lock)
        {
            _busy = busy;
        }

        GoBuildRequest? built = null;
        try
        {
            built = await cycle.RunAsync(turn, busy.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            turn.Result = cancellation.IsCancellationRequested ? "stopped" : "superseded";
            cancellation.ThrowIfCancellationRequested(); // otherwise a newer save: its wake-up is waiting already
        }
        catch (DiagnosticException e)
        {
            cycle.Fail(e, turn);
        }
        catch (Exception e)
        {
            // Whatever went wrong in one cycle must not end the loop: the next save may mend it.
            cycle.Fail(new DiagnosticException(Diagnostic.Error(DiagnosticCodes.TransferFailed, $"The build cycle failed unexpectedly: {e.Message}"), e), turn);
            _context.Board.Log(LogSource.Manager, "debug", e.ToString());
        }
        finally
        {
            _context.Builds.Add(turn, _context.Board.State.PluginPid > 0 ? _context.Board.State.Generation : 0);
        }

        await FollowAsync(built, turn, busy.Token).ConfigureAwait(false);
        lock (_lock)
        {
            _superseded = busy.IsCancellationRequested ? _superseded + 1 : 0;
            _busy = null;
        }
    }

    /// <summary>When the plugin is up already, nobody waits: the next change ends it.</summary>
    private async Task FollowAsync(GoBuildRequest? built, BuildTurn turn, CancellationToken cancellation)
    {
        try
        {
            if (turn.IsIncremental)
            {
                return; // what the program is made of is what it was
            }

            if (built is null)
            {
                _sources.NothingIsSure();
            }
            else
            {
                await _sources.FollowAsync(built, turn.StartedAt, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // the next change, whose cycle ends with asking again; or the end
        }
    }

    private void OnChanged(string path, bool unfinished)
    {
        lock (_lock)
        {
            _lastChange = Stopwatch.GetTimestamp();
            _isBurst |= unfinished || _busy is not null;
            if (_superseded < MostSuperseded)
            {
                _busy?.Cancel();
            }

            _detectMs ??= (DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).TotalMilliseconds is >= 0 and < 10_000 and var late ? late : null;
        }

        Wake();
    }

    /// <summary>
    /// Returns at once for a single change. After one that ended a build, or that is not all there yet: when nothing was saved for
    /// the quiet window, or the burst has gone on for too long to wait.
    /// </summary>
    private async Task SettleAsync(BuildTurn turn, CancellationToken cancellation)
    {
        var quiet = TimeSpan.FromMilliseconds(_context.Settings.QuietMilliseconds);
        var limit = TimeSpan.FromMilliseconds(_context.Settings.QuietLimitMilliseconds);
        while (TimeLeft() is { Ticks: > 0 } left && turn.Elapsed < limit)
        {
            await Task.Delay(left, cancellation).ConfigureAwait(false);
        }

        lock (_lock)
        {
            turn.Phases = turn.Phases with { DetectMs = _detectMs, SettleMs = turn.Elapsed.TotalMilliseconds };
            (_isBurst, _detectMs) = (false, null);
            _wakeUps.Reader.TryRead(out _); // what came while it settled is part of this cycle
        }

        TimeSpan TimeLeft()
        {
            lock (_lock)
            {
                return _isBurst ? quiet - Stopwatch.GetElapsedTime(_lastChange) : TimeSpan.Zero;
            }
        }
    }

    private void Wake() => _wakeUps.Writer.TryWrite(true);
}
