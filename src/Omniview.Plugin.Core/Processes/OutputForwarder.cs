using System.Diagnostics;

namespace Omniview.Plugin.Core.Processes;

/// <summary>Reads what a child prints and hands it on line by line.</summary>
internal static class OutputForwarder
{
    /// <summary>Returns when both streams have ended, and fails with what the listener threw. It gets one line at a time.</summary>
    public static Task RunAsync(Process process, Action<OutputLine> line)
    {
        var gate = new Lock();
        void Deliver(OutputLine one)
        {
            lock (gate)
            {
                line(one);
            }
        }

        return Task.WhenAll(
            Task.Run(() => RunAsync(process.StandardOutput.BaseStream, isError: false, Deliver)),
            Task.Run(() => RunAsync(process.StandardError.BaseStream, isError: true, Deliver)));
    }

    private static async Task RunAsync(Stream stream, bool isError, Action<OutputLine> line)
    {
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await new LineSplitter(isError, line).ReadToEndAsync(stream).ConfigureAwait(false);
            }
            catch
            {
                // The listener failed. The child must not come to stand at a full pipe for that.
                await new LineSplitter(isError, _ => { }).ReadToEndAsync(stream).ConfigureAwait(false);
                throw;
            }
        }
    }
}
