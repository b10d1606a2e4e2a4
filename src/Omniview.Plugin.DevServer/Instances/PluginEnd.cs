using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>What follows when a plugin ends without being asked to.</summary>
/// <param name="context">The instance.</param>
/// <param name="seat">It has left this already.</param>
/// <param name="comeBack">Starts the installed program again, unless a newer build does.</param>
/// <param name="rebuild">Has it built and started.</param>
/// <param name="stopping">Set when the instance is to stop.</param>
internal sealed class PluginEnd(PluginContext context, PluginSeat seat, Func<TimeSpan, Task> comeBack, Action rebuild, CancellationToken stopping)
{
    private const int MostAtOnce = 10; // one that never lasts must not keep the machine busy

    private readonly BackOff _crashes = new();
    private readonly BackOff _ends = new(atOnce: MostAtOnce);

    private PluginBoard Board => context.Board;

    /// <summary>A plugin is ready: if it lasts, what went before is forgotten.</summary>
    public void Reset()
    {
        _crashes.Reset();
        _ends.Reset();
    }

    /// <param name="plugin">Has ended.</param>
    /// <param name="exitCode">0 when a client has closed it (go-plugin, GRPCController.Shutdown): nothing is wrong with it.</param>
    public async Task AfterAsync(PluginProcess plugin, int exitCode)
    {
        var pause = (exitCode == 0 ? _ends : _crashes).Next();
        var next = pause is null ? "It is not started again: it ended too often. The next save starts it."
            : pause == TimeSpan.Zero ? "It is started again."
            : $"It is started again in {Duration.Text(pause.Value)}.";
        if (exitCode == 0 && pause is not null)
        {
            Board.Info(LogSource.Manager, $"The plugin has ended with exit code 0, as it does when a client closes it. {next}");
            await plugin.DisposeAsync().ConfigureAwait(false);
            await comeBack(pause.Value).ConfigureAwait(false);
            return;
        }

        seat.GiveUp();
        var problem = Diagnostic.Error(DiagnosticCodes.PluginDidNotStart, $"The plugin ended by itself with exit code {exitCode}. Its last words are in the log under [plugin].");
        Board.SetProblems(ProblemSource.Plugin, [problem]);
        Board.Update(state => state.PluginPid == 0 ? state with { StaleReason = "", GoStatus = ProcessStatus.Error } : state);
        await plugin.DisposeAsync().ConfigureAwait(false);
        Board.Fail(LogSource.Manager, $"{problem.Message} {next}");
        if (pause is not null)
        {
            await Task.Delay(pause.Value, stopping).ConfigureAwait(false);
            rebuild();
        }
    }
}
