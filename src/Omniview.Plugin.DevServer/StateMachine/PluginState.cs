using System.Collections.Immutable;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// All that is known of one plugin under the dev host. What is shown of it is made from this, and nothing is read back.
/// </summary>
internal sealed record PluginState
{
    /// <summary>With what it was opened; the environment is that of who opened it last.</summary>
    public required DevSettings Settings { get; init; }

    /// <summary>
    /// The environment of the dev host: that of the children unless who opened the plugin brought another.
    /// </summary>
    public required IReadOnlyDictionary<string, string> HostEnvironment { get; init; }

    /// <summary>As last read without errors; its id never changes.</summary>
    public required PluginManifest Manifest { get; init; }

    public Life Life { get; init; }

    public Leases Leases { get; init; } = Leases.None;

    /// <summary>The project's folder can't be read: there is nothing to build.</summary>
    public bool IsProjectGone { get; init; }

    public Backend Backend { get; init; } = new();

    /// <summary>Null when the manifest asks for none, or the settings leave it out.</summary>
    public Ui? Ui { get; init; }

    /// <summary>Programs that took over from others; 0 before the first.</summary>
    public int Generation { get; init; }

    public ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> Problems { get; init; } =
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>>.Empty;

    /// <summary>The last number given to a turn, a start, a Vite or a pause.</summary>
    public int LastNumber { get; init; }

    /// <summary>Whether a backend is to run.</summary>
    public bool WantsBackend => Life == Life.Running && Manifest.HasBackend;

    /// <summary>Whether Vite is to run.</summary>
    public bool WantsUi => Life == Life.Running && HasUi;

    /// <summary>Whether there is a UI at all.</summary>
    public bool HasUi => Manifest.HasUi && Settings.Ui.Enabled;

    /// <summary>Whether nothing of it runs, nor is about to.</summary>
    public bool IsQuiet => Backend.IsQuiet && Ui is null or { Vite: 0, Pause: 0 };

    /// <summary>Whether it has been told to stop.</summary>
    public bool IsEnding => Life is Life.Stopping or Life.Stopped;

    /// <summary>Whether a process is a plugin of this instance.</summary>
    public bool Owns(int pid) => pid > 0 && (Backend.Plugin?.Pid == pid || Backend.Start?.Pid == pid);

    public PluginState With(ProblemSource source, IReadOnlyList<Diagnostic> problems) => this with
    {
        Problems = problems.Count == 0 ? Problems.Remove(source) : Problems.SetItem(source, problems),
    };
}
