using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// One turn of the loop: manifest, <c>go build</c>, and, when the binary is another one, the swap. On any failure the
/// plugin that runs keeps running and is marked stale.
/// </summary>
internal sealed class BuildCycle(PluginContext context, PluginSwap swap, IncrementalBuild incremental)
{
    private GoToolchain? _toolchain;

    private PluginBoard Board => context.Board;

    /// <param name="superseded">Set when a newer change makes this turn pointless, or the plugin is to stop.</param>
    /// <exception cref="DiagnosticException">The cycle failed.</exception>
    /// <exception cref="OperationCanceledException">Superseded or stopping.</exception>
    /// <returns>What was built; null when that failed.</returns>
    public async Task<GoBuildRequest?> RunAsync(BuildTurn turn, CancellationToken superseded)
    {
        Board.Update(state => state with { GoStatus = ProcessStatus.Building });
        if (ManifestCheck.Read(context) is not { } manifest)
        {
            Fail(Board.State.LastError, turn, "plugin.yaml has errors");
            return null;
        }

        context.Manifest = manifest;
        var request = await RequestAsync(superseded).ConfigureAwait(false);
        var result = await BuildAsync(request, turn, superseded).ConfigureAwait(false);
        turn.Phases = turn.Phases with { BuildMs = result.Duration.TotalMilliseconds, LinkMs = result.Linking?.TotalMilliseconds };
        var firstError = result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Board.SetProblems(ProblemSource.Go, result.Diagnostics);
        Board.Update(state => state with
        {
            LastBuildDuration = (long)result.Duration.TotalNanoseconds,
            LastBuildTime = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        });
        if (!result.Success)
        {
            Fail(firstError?.Message ?? "go build failed", turn, StaleReason.Build);
            return null;
        }

        var changed = await swap.ToAsync(request.Output, turn, superseded).ConfigureAwait(false);
        if (Board.State.GoStatus == ProcessStatus.Error)
        {
            return request; // it has crashed meanwhile, which has been said
        }

        turn.Result = changed ? "ready" : "unchanged";
        Board.SetProblems(ProblemSource.Plugin, []);
        Board.Update(state => state with { GoStatus = state.GoStatus == ProcessStatus.Building ? ProcessStatus.Ready : state.GoStatus, StaleReason = "" });
        Board.Info(LogSource.Manager, changed
            ? string.Create(CultureInfo.InvariantCulture, $"ready in {Duration.Text(turn.Elapsed)} (build {Duration.Text(result.Duration)}), generation {Board.State.Generation}")
            : $"unchanged after {Duration.Text(result.Duration)}: the plugin that runs is this one");
        return request;
    }

    /// <summary>Marks the cycle as failed for a reason that is not a Go build error.</summary>
    public void Fail(DiagnosticException failure, BuildTurn turn)
    {
        Board.SetProblems(ProblemSource.Plugin, [failure.Diagnostic]);
        Fail(failure.Diagnostic.Message, turn, StaleReason.Of(failure), built: false);
    }

    private void Fail(string message, BuildTurn turn, string reason, bool built = true)
    {
        turn.Error = message;
        Board.Update(state => state with { GoStatus = ProcessStatus.Error, StaleReason = state.PluginPid > 0 ? reason : "" });
        var state = Board.State;
        var consequence = state.PluginPid > 0
            ? string.Create(CultureInfo.InvariantCulture, $"generation {state.Generation} keeps running")
            : "no plugin is running";
        Board.Fail(LogSource.Manager, built && turn.Phases.BuildMs is { } build
            ? $"build failed after {Duration.Text(build)}; {consequence}"
            : $"{reason}; {consequence}"); // what it was is a problem, and is told as one
    }

    private async Task<GoBuildResult> BuildAsync(GoBuildRequest request, BuildTurn turn, CancellationToken cancellation)
    {
        void Show(OutputLine line) => Board.Output(LogSource.GoBuild, line);
        var begun = turn.Elapsed;
        turn.IsIncremental = true; // also when it is cancelled meanwhile
        if (await incremental.BuildAsync(Show, cancellation).ConfigureAwait(false) is { } result)
        {
            return result;
        }

        turn.IsIncremental = false;
        incremental.Forget(); // what it knows is not of the program to come
        var tried = turn.Elapsed - begun;
        result = await GoBuilder.BuildAsync(request, Show, cancellation).ConfigureAwait(false);
        return result with { Duration = result.Duration + tried };
    }

    private async Task<GoBuildRequest> RequestAsync(CancellationToken cancellation)
    {
        var settings = context.Settings;
        _toolchain ??= await GoToolchain.FindAsync(settings.ProjectDirectory, settings.Go.ToolPath, cancellation, settings.SearchPath, context.Variable).ConfigureAwait(false);
        var target = GoTarget.FromRuntimeIdentifier(null);
        return new GoBuildRequest
        {
            Toolchain = _toolchain,
            ProjectDirectory = settings.ProjectDirectory,
            Package = settings.Go.Package,
            Output = settings.Go.Output ?? Path.Combine(settings.ProjectDirectory, "build", "bin", "plugin" + target.ExecutableExtension),
            Target = target,
            Debuggable = settings.Go.Debuggable,
            Tags = settings.Go.Tags,
            LdFlags = settings.Go.LdFlags,
            GcFlags = settings.Go.GcFlags,
            Race = settings.Go.Race,
            ExtraArguments = settings.Go.ExtraArguments,
            GoWork = settings.Go.Work,
            Environment = context.EnvironmentWith(settings.Go.Environment),
        };
    }
}
