using System.Diagnostics;
using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// What happens on a save: changes are gathered until it is quiet, then one cycle builds and swaps. A newer change ends a
/// running build and starts over; there are never two cycles of one plugin.
/// </summary>
internal sealed class BackendLoop(PluginContext context)
{
    private static readonly TimeSpan GoneLimit = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private CancellationTokenSource? _building;
    private CancellationTokenSource? _watching;
    private long _lastChange;

    /// <summary>Builds again even though nothing changed.</summary>
    public void RequestRebuild() => Wake();

    /// <summary>Watches anew: another folder has the project's path by now.</summary>
    public void Rewatch()
    {
        lock (_lock)
        {
            _watching?.Cancel();
        }
    }

    /// <summary>Builds, swaps and watches until cancelled; leaves no plugin running.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var swap = new PluginSwap(context, Wake);
        var watching = WatchAsync(cancellation); // already watches when it returns
        var cycle = new BuildCycle(context, swap);
        Wake();
        try
        {
            while (true)
            {
                var woken = _wakeUps.Reader.ReadAsync(cancellation).AsTask();
                await (await Task.WhenAny(woken, watching).ConfigureAwait(false)).ConfigureAwait(false); // without the watcher it would go on, deaf
                var turn = new BuildTurn();
                await SettleAsync(cancellation).ConfigureAwait(false);
                turn.Phases = turn.Phases with { SettleMs = turn.Elapsed.TotalMilliseconds };
                await RunCycleAsync(cycle, turn, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunCycleAsync(BuildCycle cycle, BuildTurn turn, CancellationToken cancellation)
    {
        if (context.IsProjectGone)
        {
            return; // said already; it is woken when the folder is back
        }

        using var building = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_lock)
        {
            _building = building;
        }

        try
        {
            await cycle.RunAsync(turn, building.Token, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            turn.Result = cancellation.IsCancellationRequested ? "stopped" : "superseded";
            cancellation.ThrowIfCancellationRequested(); // otherwise a newer save: its wake-up is waiting already
        }
        catch (DiagnosticException e)
        {
            cycle.Fail(e.Diagnostic, turn);
        }
        catch (Exception e)
        {
            // Whatever went wrong in one cycle must not end the loop: the next save may mend it.
            cycle.Fail(Diagnostic.Error(DiagnosticCodes.TransferFailed, $"The build cycle failed unexpectedly: {e.Message}"), turn);
            context.Board.Log(LogSource.Manager, "debug", e.ToString());
        }
        finally
        {
            lock (_lock)
            {
                _building = null;
            }

            context.Builds.Add(turn, context.Board.State.PluginPid > 0 ? context.Board.State.Generation : 0);
        }
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            lock (_lock)
            {
                _watching = watching;
            }

            try
            {
                using var watcher = new SourceWatcher(context.Settings.ProjectDirectory);
                await WatchAsync(watcher, watching.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // once more
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // The folder has gone. That is noticed elsewhere, a little later, and so is that it is back.
                await Task.Delay(GoneLimit, watching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!context.IsProjectGone && !watching.IsCancellationRequested)
                {
                    throw;
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, watching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                lock (_lock)
                {
                    _watching = null;
                }
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task WatchAsync(SourceWatcher watcher, CancellationToken cancellation)
    {
        var memory = new ContentMemory();
        List<string> files = [.. watcher.CurrentFiles()];
        files.ForEach(file => memory.HasChanged(file));
        var stamp = new WatchStamp(Path.Combine(context.IntermediateDirectory, DevSettings.WatchStampName), files);

        await foreach (var path in watcher.Changes.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (memory.HasChanged(path))
            {
                context.Board.Log(LogSource.GoWatch, "debug", $"changed: {Path.GetRelativePath(context.Settings.ProjectDirectory, path)}");
                Volatile.Write(ref _lastChange, Stopwatch.GetTimestamp());
                Wake();
                stamp.Changed(path);
                lock (_lock)
                {
                    _building?.Cancel();
                }
            }
        }
    }

    /// <summary>Returns once nothing was saved for the quiet window, or the burst has gone on for too long to wait.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        var quiet = TimeSpan.FromMilliseconds(context.Settings.QuietMilliseconds);
        var limit = TimeSpan.FromMilliseconds(context.Settings.QuietLimitMilliseconds);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var last = Volatile.Read(ref _lastChange);
            var left = quiet - Stopwatch.GetElapsedTime(last);
            if (last == 0 || left <= TimeSpan.Zero || Stopwatch.GetElapsedTime(since) >= limit)
            {
                break;
            }

            await Task.Delay(left, cancellation).ConfigureAwait(false);
        }

        _wakeUps.Reader.TryRead(out _); // what came while it settled is part of this cycle
    }

    private void Wake() => _wakeUps.Writer.TryWrite(true);
}
