using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>An effect that is under way.</summary>
internal sealed class PendingEffect(PluginEffect effect)
{
    public int Number { get; } = NumberOf(effect);

    public PluginEffect Effect { get; } = effect;

    public int Version { get; init; }

    public bool IsGood { get; init; }

    public bool IsCancelled { get; set; }

    public bool IsSpawned { get; set; }

    /// <summary>A Vite that serves.</summary>
    public bool IsForEver { get; set; }

    public bool IsEndedBy(PluginEffect end) => Number == NumberOf(end) && Ends(end, Effect);

    private static int NumberOf(PluginEffect effect) => effect switch
    {
        StartBuild build => build.Turn,
        StartPlugin start => start.Start,
        StopPlugin stop => stop.Start,
        InstallProgram install => install.Turn,
        FollowSources follow => follow.Turn,
        StartVite vite => vite.Vite,
        StartPause pause => pause.Pause,
        CancelBuild cancel => cancel.Turn,
        CancelStart cancel => cancel.Start,
        CancelFollow cancel => cancel.Turn,
        StopVite stop => stop.Vite,
        _ => 0,
    };

    private static bool Ends(PluginEffect end, PluginEffect begun) =>
        (end, begun) is (CancelBuild, StartBuild) or (CancelStart, StartPlugin)
        or (CancelFollow, FollowSources) or (StopVite, StartVite);
}
