namespace Omniview.Plugin.DevServer.Instances;

/// <summary>A part of an instance that can be stopped and started again. Called by one at a time.</summary>
/// <param name="run">Runs until cancelled; leaves nothing running.</param>
/// <param name="failed">Called when it ended by itself.</param>
internal sealed class InstancePart(Func<CancellationToken, Task> run, Action<Exception> failed)
{
    private Func<Task>? _stop;

    public void Start()
    {
        var stopping = new CancellationTokenSource();
        var running = Task.Run(() => RunAsync(stopping.Token));
        _stop = async () =>
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            stopping.Dispose();
        };
    }

    /// <summary>Returns when nothing of it runs any more.</summary>
    public Task StopAsync()
    {
        var stop = _stop;
        _stop = null;
        return stop is null ? Task.CompletedTask : stop();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await run(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // asked to stop
        }
        catch (Exception e)
        {
            failed(e);
        }
    }
}
