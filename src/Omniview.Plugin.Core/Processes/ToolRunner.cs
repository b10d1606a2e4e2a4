namespace Omniview.Plugin.Core.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class ToolRunner
{
    /// <summary>
    /// Runs the program and returns its exit code after its last line was delivered. Cancelling ends the whole group
    /// within two seconds (TERM, then KILL).
    /// </summary>
    /// <exception cref="Diagnostics.DiagnosticException">OVP2006: the program can't be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the group is gone by then.</exception>
    public static async Task<int> RunAsync(ProcessSpec spec, Action<OutputLine> line, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var process = ManagedProcess.Start(spec, line);
        var cancelled = new TaskCompletionSource();
        await using (cancellation.UnsafeRegister(_ => cancelled.TrySetResult(), null))
        {
            if (await Task.WhenAny(process.Exited, cancelled.Task) == process.Exited)
            {
                return await process.Exited;
            }
        }

        await process.StopAsync(TimeSpan.FromSeconds(1));
        throw new OperationCanceledException(cancellation);
    }

    /// <summary>
    /// As <see cref="RunAsync"/>, for programs with little to say: all lines of standard output at once.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> CaptureAsync(
        ProcessSpec spec, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var exitCode = await RunAsync(spec, one =>
        {
            if (!one.IsError)
            {
                lines.Add(one.Text);
            }
        }, cancellation);
        return (exitCode, string.Join('\n', lines));
    }
}
