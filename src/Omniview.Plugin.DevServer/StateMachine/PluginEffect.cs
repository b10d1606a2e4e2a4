using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Something that is to be done. What it comes to is told by a message with its number.</summary>
internal abstract record PluginEffect;

/// <summary>
/// Something that others find on the disk. It is done, to its end, before the state is shown that follows from it.
/// </summary>
internal abstract record FileEffect : PluginEffect;

/// <summary>
/// Watch the sources, in the place of an earlier watch. <see cref="SourcesWatched"/> tells that it does, and
/// <see cref="Saved"/> of changes.
/// </summary>
internal sealed record WatchSources(int Watch, DevSettings Settings) : PluginEffect;

/// <summary>Read plugin.yaml and build. Ends with <see cref="BuildEnded"/>.</summary>
internal sealed record StartBuild(int Turn, DevSettings Settings) : PluginEffect;

/// <summary>End the build, which tells of its end all the same.</summary>
internal sealed record CancelBuild(int Turn) : PluginEffect;

/// <summary>
/// Keep the installed program, and put the built one in its place. Ends with <see cref="ProgramInstalled"/> or
/// <see cref="InstallFailed"/>.
/// </summary>
/// <param name="Program">Absolute path of what was built.</param>
/// <param name="Runs">A plugin runs: a program that differs in nothing but go's build ID is none that takes over from
/// it.</param>
internal sealed record InstallProgram(
    int Turn, DevSettings Settings, PluginManifest Manifest, string Program, bool Runs) : PluginEffect;

/// <summary>Put the program that was installed before back in its place.</summary>
internal sealed record RestoreProgram : FileEffect;

/// <summary>Forget the program that was installed before.</summary>
internal sealed record DiscardBackup : FileEffect;

/// <summary>
/// Start the installed program. Tells of the process with <see cref="PluginSpawned"/>, and ends with
/// <see cref="PluginStarted"/> or <see cref="StartEnded"/>; after the first, <see cref="PluginExited"/> and
/// <see cref="HealthChanged"/> may come.
/// </summary>
internal sealed record StartPlugin(
    int Start, DevSettings Settings, PluginManifest Manifest, int VitePort) : PluginEffect;

/// <summary>End a start, which tells of its end all the same.</summary>
internal sealed record CancelStart(int Start) : PluginEffect;

/// <summary>End a plugin that was started. Ends with <see cref="PluginGone"/>.</summary>
/// <param name="IsReplaced">Another has taken over: who read its address just before gets an answer there all the
/// same.</param>
internal sealed record StopPlugin(int Start, bool IsReplaced) : PluginEffect;

/// <summary>Make <c>.devinfo</c> say this.</summary>
internal sealed record TellOmniview(DevInfoFile Told) : FileEffect;

/// <summary>Write <c>.devinfo</c> again: a plugin of the plugin-sdk may have written its own.</summary>
internal sealed record TellOmniviewAgain : FileEffect;

/// <summary>Take <c>.devinfo</c> away: no plugin runs.</summary>
internal sealed record HideFromOmniview : FileEffect;

/// <summary>
/// Ask go what the program is made of, if that may be another than before. Ends with <see cref="Followed"/>.
/// </summary>
internal sealed record FollowSources(int Turn, GoBuildRequest Request, DateTimeOffset Begun) : PluginEffect;

/// <summary>Do not ask any more; the end of it is told all the same.</summary>
internal sealed record CancelFollow(int Turn) : PluginEffect;

/// <summary>After a build that failed, perhaps for want of a file: whatever may be a source counts.</summary>
internal sealed record TrustNoSource : PluginEffect;

/// <summary>Install what the UI needs, and run Vite. Ends with <see cref="ViteEnded"/>.</summary>
/// <param name="Port">0: find one, and tell it with <see cref="VitePortTaken"/>.</param>
internal sealed record StartVite(int Vite, DevSettings Settings, int Port) : PluginEffect;

/// <summary>End Vite, which tells of its end all the same.</summary>
internal sealed record StopVite(int Vite) : PluginEffect;

/// <summary>Look at all that Vite serves, its configuration and the types.</summary>
internal sealed record LookAtUi(int Vite) : PluginEffect;

/// <summary>
/// There is no backend any more: nothing is watched, the debugger's port is free, nothing of ours is left in HOME.
/// </summary>
internal sealed record ReleaseBackend : PluginEffect;

/// <summary>There is no UI any more: its port is free.</summary>
internal sealed record ReleaseUi : PluginEffect;

/// <summary>Tell with <see cref="PauseOver"/> when the time has passed.</summary>
internal sealed record StartPause(int Pause, TimeSpan Time) : PluginEffect;

/// <summary>Write a line into the plugin's log.</summary>
/// <param name="Source">As in <see cref="LogSource"/>.</param>
/// <param name="Level"><c>debug</c>, <c>info</c>, <c>warn</c> or <c>error</c>.</param>
internal sealed record Say(string Source, string Level, string Text) : PluginEffect
{
    /// <summary>It is said before the state is shown that follows from it.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Tell how a swap goes on; see <see cref="DevEvents"/>.</summary>
internal sealed record TellReload(string Event, string Error) : PluginEffect;

/// <summary>Keep what is known of a turn that is over.</summary>
internal sealed record RecordTurn(
    Moment Begun, Moment Ended, string Result, int Generation, BuildPhases Times, string Error) : PluginEffect;

/// <summary>Everything has ended. Nothing is told after this.</summary>
internal sealed record Finish : PluginEffect;
