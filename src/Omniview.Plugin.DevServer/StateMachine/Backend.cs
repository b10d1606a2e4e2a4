using System.Collections.Immutable;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>The Go half of a plugin: what is saved, what is built, what runs.</summary>
internal sealed record Backend
{
    private const int MostReturnsAtOnce = 10; // a plugin that never lasts must not keep the machine busy

    /// <summary>
    /// It has what it needs from its first moment to its last: the watch over its sources, the debugger's port.
    /// </summary>
    public bool IsPrepared { get; init; }

    /// <summary>The number of the watch over its sources; 0 for none.</summary>
    public int Watch { get; init; }

    /// <summary>Its sources are watched: what is saved from now on is told.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The pause before the sources are watched anew; 0 for none.</summary>
    public int WatchPause { get; init; }

    /// <summary>Something is to be built that no build has begun with; null for nothing.</summary>
    public Changes? Changes { get; init; }

    public Turn? Turn { get; init; }

    /// <summary>So many turns in a row were superseded.</summary>
    public int Superseded { get; init; }

    /// <summary>The plugin that is being started.</summary>
    public PluginStart? Start { get; init; }

    /// <summary>The plugin in service.</summary>
    public RunningPlugin? Plugin { get; init; }

    /// <summary>The starts of the plugins that have been told to end, and are not gone yet.</summary>
    public ImmutableList<int> Leaving { get; init; } = [];

    /// <summary>
    /// Nothing is wrong with the plugin that ran last: it is to run again unless another takes its place.
    /// </summary>
    public bool IsKept { get; init; }

    /// <summary>The pause before a plugin that has ended is started or built again; 0 for none.</summary>
    public int Pause { get; init; }

    public BackOff Crashes { get; init; } = new();

    public BackOff Ends { get; init; } = new(MostReturnsAtOnce);

    /// <summary>What became of the last turn if it failed, or of the plugin if it crashed: half a sentence.</summary>
    public string? Failure { get; init; }

    /// <summary>What runs is older than the sources, which <see cref="Failure"/> is the reason of.</summary>
    public bool IsStale { get; init; }

    /// <summary>Nanoseconds.</summary>
    public long LastBuildDuration { get; init; }

    /// <summary>Null before the first build.</summary>
    public DateTimeOffset? LastBuildTime { get; init; }

    /// <summary>Whether nothing of it runs, nor is about to.</summary>
    public bool IsQuiet => (Turn, Start, Plugin, Pause, WatchPause) is (null, null, null, 0, 0) && Leaving.IsEmpty;
}
