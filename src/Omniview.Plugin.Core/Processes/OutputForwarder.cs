using System.Collections.Concurrent;
using System.Diagnostics;
using CliWrap;

namespace Omniview.Plugin.Core.Processes;

/// <summary>Reads what a child prints and hands it on line by line.</summary>
/// <param name="line">Gets one line at a time.</param>
/// <param name="keptBytes">How much of one.</param>
internal sealed class OutputForwarder(Action<OutputLine> line, int keptBytes = LineSplitter.ShownBytes)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentBag<Stream> _streams = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _delivering;
    private long _lastRead = Stopwatch.GetTimestamp();

    /// <summary>Takes one of the child's streams, once it has begun; fails with what the listener threw.</summary>
    public PipeTarget Target(bool isError) => PipeTarget.Create((stream, _) =>
    {
        _streams.Add(stream);
        return RunAsync(stream, isError);
    });

    /// <summary>From now on lines may come.</summary>
    public void Begin() => _begun.SetResult();

    /// <summary>
    /// For when the child has ended and someone may still hold its pipes: returns when the streams have ended, which it
    /// brings about once nothing has come for a while. A listener that is slow to take what is there loses nothing.
    /// </summary>
    /// <param name="ended">Completes when both streams have ended.</param>
    /// <param name="silence">How long nothing has to come.</param>
    public async Task CloseWhenSilentAsync(Task ended, TimeSpan silence)
    {
        while (!ended.IsCompleted)
        {
            var left = silence - Stopwatch.GetElapsedTime(Volatile.Read(ref _lastRead));
            if (left <= TimeSpan.Zero && Volatile.Read(ref _delivering) == 0)
            {
                foreach (var stream in _streams)
                {
                    await stream.DisposeAsync();
                }

                return;
            }

            await Task.WhenAny(ended, Task.Delay(left > TimeSpan.Zero ? left : silence));
        }
    }

    private async Task RunAsync(Stream stream, bool isError)
    {
        await _begun.Task;
        try
        {
            await new LineSplitter(isError, Deliver, keptBytes).ReadToEndAsync(stream);
        }
        catch
        {
            // The listener failed. The child must not come to stand at a full pipe for that.
            await new LineSplitter(isError, _ => { }).ReadToEndAsync(stream);
            throw;
        }
    }

    private void Deliver(OutputLine one)
    {
        Interlocked.Increment(ref _delivering);
        try
        {
            lock (_gate)
            {
                line(one);
            }
        }
        finally
        {
            Volatile.Write(ref _lastRead, Stopwatch.GetTimestamp());
            Interlocked.Decrement(ref _delivering);
        }
    }
}
