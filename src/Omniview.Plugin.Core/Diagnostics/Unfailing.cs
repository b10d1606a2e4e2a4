using System.Collections.Concurrent;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// One turn of what happens again and again: an exception ends neither the next turn nor the process. It is told, the
/// same one of the same work once a minute at most.
/// </summary>
internal static class Unfailing
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, (string Failure, long At)> Told = [];

    /// <param name="what">The work, for whoever reads of its failure.</param>
    /// <param name="turn">Does it once.</param>
    /// <param name="tell">Gets what is told; null: standard error, which is the dev host's log.</param>
    public static void Do(string what, Action turn, Action<string>? tell = null)
    {
        try
        {
            turn();
        }
        catch (OperationCanceledException)
        {
            // asked to end
        }
        catch (Exception e)
        {
            Tell(what, e, tell);
        }
    }

    /// <inheritdoc cref="Do"/>
    /// <exception cref="OperationCanceledException">The turn was cancelled.</exception>
    public static async Task DoAsync(string what, Func<Task> turn, Action<string>? tell = null)
    {
        try
        {
            await turn();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Tell(what, e, tell);
        }
    }

    private static void Tell(string what, Exception e, Action<string>? tell)
    {
        var failure = $"{e.GetType()}: {e.Message}";
        var now = Environment.TickCount64;
        if (Told.TryGetValue(what, out var last) && last.Failure == failure
            && now - last.At < Silence.TotalMilliseconds)
        {
            return;
        }

        Told[what] = (failure, now);
        try
        {
            (tell ?? Console.Error.WriteLine)(TerminalText.Neutralise($"Failed, and goes on: {what}: {e}"));
        }
        catch (Exception unheard) when (unheard is IOException or ObjectDisposedException)
        {
            // there is nobody left to tell
        }
    }
}
