using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What a plugin's state looks like to who asks for it.</summary>
internal static class WireState
{
    /// <summary>Without what the log and the stream of events add: <c>Seq</c> and <c>LogLinesDropped</c>.</summary>
    public static DevServerState Of(PluginState state)
    {
        var (backend, plugin, ui) = (state.Backend, state.Backend.Plugin, state.Ui);
        var uiError = ui is null ? null : FirstError(state.Problems.GetValueOrDefault(ProblemSource.Ui, []));
        return new DevServerState
        {
            PluginId = state.Manifest.Id,
            Mode = state.Life == Life.Stopped ? "idle" : "managed",
            DevPath = state.Settings.ProjectDirectory,
            VitePort = ui?.Port ?? 0,
            ViteUrl = ui is { IsServing: true, IsEnding: false }
                ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ui.Port}")
                : "",
            ViteStatus = StatusOf(state, ui, uiError is not null),
            ViteError = uiError is null ? "" : BuildError.From(uiError).In(state.Settings.ProjectDirectory),
            GoStatus = StatusOf(state, backend),
            LastBuildDuration = backend.LastBuildDuration,
            LastBuildTime = backend.LastBuildTime is { } time ? Timestamp.Of(time) : "",
            LastError = FirstError(state.Problems.Values.SelectMany(problems => problems))?.Message ?? "",
            GrpcConnected = plugin?.Health is PluginHealth.Serving or PluginHealth.NotOffered,
            Generation = state.Generation,
            StaleReason = plugin is null
                ? ""
                : state.IsProjectGone
                ? StaleReason.ProjectGone
                : backend.IsStale
                ? backend.Failure!
                : "",
            PluginPid = plugin?.Pid ?? 0,
            PluginHealth = plugin is null ? "" : Word(plugin.Health),
        };
    }

    private static string StatusOf(PluginState state, Backend backend) =>
        // until the last one has gone
        !state.Manifest.HasBackend ? (backend.IsPrepared ? ProcessStatus.Building : ProcessStatus.Idle)
        : state.Life == Life.Stopped ? ProcessStatus.Stopped
        : state.IsProjectGone ? ProcessStatus.Error
        : state.Life is Life.New or Life.Restarting
            || backend is { IsWatched: false } or { Changes: not null }
            or { Turn: not null and { Phase: not TurnPhase.Following } } ? ProcessStatus.Building
        : backend.Failure is not null ? ProcessStatus.Error
        : ProcessStatus.Ready;

    private static string StatusOf(PluginState state, Ui? ui, bool hasError) =>
        ui is null || (state.Life == Life.Stopped && !state.HasUi) ? ProcessStatus.Idle
        : state.Life == Life.Stopped ? ProcessStatus.Stopped
        : ui.IsServing && state.HasUi ? (hasError ? ProcessStatus.Error : ProcessStatus.Ready)
        : ui.IsWaiting && state.HasUi ? ProcessStatus.Error
        : ProcessStatus.Starting;

    private static Diagnostic? FirstError(IEnumerable<Diagnostic> problems) =>
        problems.FirstOrDefault(problem => problem.Severity == DiagnosticSeverity.Error);

    private static string Word(PluginHealth health) => health switch
    {
        PluginHealth.Serving => "serving",
        PluginHealth.NotOffered => "not offered",
        PluginHealth.NotServing => "not serving",
        _ => "silent",
    };
}
