using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Something that has happened to a plugin. What an effect came to names the effect's number.</summary>
internal abstract record PluginMessage
{
    /// <summary>When it happened.</summary>
    public Moment At { get; init; }
}

/// <summary>Everything that its manifest asks for is to run from now on.</summary>
internal sealed record Begun : PluginMessage;

/// <summary>Somebody opens it, with the settings and the environment of his.</summary>
internal sealed record LeaseTaken(Lease Lease, DevSettings Settings) : PluginMessage;

/// <summary>Somebody lets go of it. It stops when nobody holds it any more.</summary>
internal sealed record LeaseGivenUp(Lease Lease) : PluginMessage;

/// <summary>It is to be built even if nothing has changed, and the UI looked at again.</summary>
internal sealed record RebuildAsked : PluginMessage;

/// <summary>Everything of it is to end, and to run again.</summary>
internal sealed record RestartAsked : PluginMessage;

/// <summary>Everything of it is to end, whoever holds it.</summary>
internal sealed record StopAsked : PluginMessage;

/// <summary>A source has another content.</summary>
/// <param name="IsUnfinished">Somebody is probably still writing it.</param>
/// <param name="DetectMs">From the save to its notice; null when that is not known.</param>
internal sealed record Saved(bool IsUnfinished, double? DetectMs) : PluginMessage;

/// <summary>The sources are watched from now on, and what they are is known.</summary>
internal sealed record SourcesWatched(int Watch) : PluginMessage;

/// <summary>The sources are not watched any more.</summary>
internal sealed record WatchFailed(int Watch, string Why) : PluginMessage;

/// <summary>A build has ended.</summary>
internal sealed record BuildEnded(int Turn, BuildOutcome Outcome) : PluginMessage;

/// <summary>The program was copied into the installed layout, or is there already.</summary>
/// <param name="IsChanged">It is another than before.</param>
/// <param name="TakesTurns">It runs under a debugger, whose port only one plugin can have.</param>
internal sealed record ProgramInstalled(int Turn, bool IsChanged, bool TakesTurns) : PluginMessage;

/// <summary>The program could not be copied into the installed layout, which is as it was.</summary>
internal sealed record InstallFailed(int Turn, StartFailure Failure) : PluginMessage;

/// <summary>There is a process for a start.</summary>
internal sealed record PluginSpawned(int Start, int Pid) : PluginMessage;

/// <summary>A plugin has answered its health check.</summary>
/// <param name="Times">Of its start, in milliseconds.</param>
internal sealed record PluginStarted(
    int Start,
    int Pid,
    Handshake Address,
    DateTimeOffset StartedAt,
    PluginHealth Health,
    BuildPhases Times) : PluginMessage;

/// <summary>A start has come to nothing; no process is left of it.</summary>
/// <param name="Failure">Null when it was told to end.</param>
internal sealed record StartEnded(int Start, StartFailure? Failure) : PluginMessage;

/// <summary>A plugin that was started has ended without being told to.</summary>
internal sealed record PluginExited(int Start, int ExitCode) : PluginMessage;

/// <summary>Nothing is left of a plugin.</summary>
internal sealed record PluginGone(int Start) : PluginMessage;

/// <summary>A plugin answers its health check otherwise than before.</summary>
internal sealed record HealthChanged(int Start, PluginHealth Health) : PluginMessage;

/// <summary>It has been looked for what the program is made of.</summary>
internal sealed record Followed(int Turn) : PluginMessage;

/// <summary>Vite has another port than before.</summary>
internal sealed record VitePortTaken(int Vite, int Port) : PluginMessage;

/// <summary>Vite answers at its port.</summary>
/// <param name="Warnings">What is wrong with it all the same.</param>
internal sealed record ViteServes(int Vite, IReadOnlyList<Diagnostic> Warnings) : PluginMessage;

/// <summary>What is wrong with a part of the UI; empty when nothing is any more.</summary>
internal sealed record UiProblemsFound(int Vite, UiPart Part, IReadOnlyList<Diagnostic> Problems) : PluginMessage;

/// <summary>A Vite has ended; nothing of it is left.</summary>
/// <param name="Problems">Why; empty when it was told to end, or is to be started anew.</param>
internal sealed record ViteEnded(int Vite, ViteEnd End, IReadOnlyList<Diagnostic> Problems) : PluginMessage;

/// <summary>A file of the UI was saved while no Vite served.</summary>
internal sealed record UiSaved : PluginMessage;

/// <summary>The project's folder can't be read.</summary>
internal sealed record ProjectGone(string Why) : PluginMessage;

/// <summary>The project's folder is there again, perhaps another one.</summary>
internal sealed record ProjectBack(ManifestResult Manifest) : PluginMessage;

/// <summary>plugin.yaml was written.</summary>
internal sealed record ManifestChanged(ManifestResult Manifest) : PluginMessage;

/// <summary>What one source of problems has to say now; empty for nothing.</summary>
internal sealed record ProblemsFound(ProblemSource Source, IReadOnlyList<Diagnostic> Problems) : PluginMessage;

/// <summary>The time of a pause has passed.</summary>
internal sealed record PauseOver(int Pause) : PluginMessage;
