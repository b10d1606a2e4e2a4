using System.Diagnostics;
using Omniview.Plugin.Bench.Measuring;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>
/// Omniview's side of a save: calls the plugin that .devinfo names, every 5 ms, and notes when nobody answers.
/// </summary>
internal sealed class HealthPinger(string devInfoFile) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(250);

    private string? _address;
    private PluginConnection? _connection;

    /// <summary>Pings from before the work begins until an answer came after its end.</summary>
    /// <returns>The pings without an answer, and the time between the answers around them.</returns>
    public async Task<IReadOnlyList<Reading>> DuringAsync(Func<Task> work, CancellationToken cancellation)
    {
        if (!await IsAnsweredAsync(cancellation))
        {
            throw new BenchException($"The plugin of {devInfoFile} did not answer before the save.");
        }

        var working = work();
        var failed = 0;
        var down = TimeSpan.Zero;
        var lastAnswer = Stopwatch.GetTimestamp();
        var wasAnswered = true;
        using var timer = new PeriodicTimer(Interval);
        bool isOver;
        do
        {
            isOver = working.IsCompleted;
            await timer.WaitForNextTickAsync(cancellation);
            var isAnswered = await IsAnsweredAsync(cancellation);
            if (isAnswered)
            {
                down += wasAnswered ? TimeSpan.Zero : Stopwatch.GetElapsedTime(lastAnswer);
                lastAnswer = Stopwatch.GetTimestamp();
            }
            else
            {
                failed++;
            }

            wasAnswered = isAnswered;
        }
        while (!isOver || !wasAnswered);
        await working;
        return [new Reading("failed pings", failed), Reading.Milliseconds("downtime", down)];
    }

    public void Dispose() => _connection?.Dispose();

    private async Task<bool> IsAnsweredAsync(CancellationToken cancellation)
    {
        if (DevInfoFile.Read(devInfoFile) is not { } info)
        {
            return false;
        }

        if (info.Addr != _address)
        {
            _connection?.Dispose();
            _connection = new PluginConnection(new PluginAddress(
                info.Addr.StartsWith('/') ? "unix" : "tcp", info.Addr));
            _address = info.Addr;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            return await _connection!.CheckHealthAsync(limit.Token) == PluginHealth.Serving;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
