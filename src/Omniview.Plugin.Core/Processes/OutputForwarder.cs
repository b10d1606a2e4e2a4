using System.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>Reads what a child prints and hands it on line by line.</summary>
internal sealed class OutputForwarder
{
    private readonly Process _process;
    private readonly Action<OutputLine> _line;
    private readonly int _keptBytes;
    private readonly Lock _gate = new();
    private int _delivering;
    private long _lastRead = Stopwatch.GetTimestamp();

    /// <param name="process">Its streams are read from now on.</param>
    /// <param name="line">Gets one line at a time.</param>
    /// <param name="keptBytes">How much of one.</param>
    public OutputForwarder(Process process, Action<OutputLine> line, int keptBytes = LineSplitter.ShownBytes)
    {
        _keptBytes = keptBytes;
        _process = process;
        _line = line;
        Ended = Task.WhenAll(
            Task.Run(() => RunAsync(process.StandardOutput.BaseStream, isError: false)),
            Task.Run(() => RunAsync(process.StandardError.BaseStream, isError: true)));
    }

    /// <summary>Completes when both streams have ended, and fails with what the listener threw.</summary>
    public Task Ended { get; }

    /// <summary>
    /// For when the child has ended and someone may still hold its pipes: returns when the streams have ended, which it
    /// brings about once nothing has come for a while. A listener that is slow to take what is there loses nothing.
    /// </summary>
    public async Task CloseWhenSilentAsync(TimeSpan silence)
    {
        while (!Ended.IsCompleted)
        {
            var left = silence - Stopwatch.GetElapsedTime(Volatile.Read(ref _lastRead));
            if (left <= TimeSpan.Zero && Volatile.Read(ref _delivering) == 0)
            {
                _process.StandardOutput.Dispose();
                _process.StandardError.Dispose();
                return;
            }

            await Task.WhenAny(Ended, Task.Delay(left > TimeSpan.Zero ? left : silence));
        }
    }

    private async Task RunAsync(Stream stream, bool isError)
    {
        await using (stream)
        {
            try
            {
                await new LineSplitter(isError, Deliver, _keptBytes).ReadToEndAsync(stream);
            }
            catch
            {
                // The listener failed. The child must not come to stand at a full pipe for that.
                await new LineSplitter(isError, _ => { }).ReadToEndAsync(stream);
                throw;
            }
        }
    }

    private void Deliver(OutputLine line)
    {
        Interlocked.Increment(ref _delivering);
        try
        {
            lock (_gate)
            {
                _line(line);
            }
        }
        finally
        {
            Volatile.Write(ref _lastRead, Stopwatch.GetTimestamp());
            Interlocked.Decrement(ref _delivering);
        }
    }
}
