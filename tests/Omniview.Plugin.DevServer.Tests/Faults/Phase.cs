namespace Omniview.Plugin.DevServer.Tests.Faults;

/// <summary>Where a dev loop is when something happens to one of its processes.</summary>
public enum Phase
{
    /// <summary>The first plugin has not shaken hands yet.</summary>
    Starting,

    /// <summary>The second build is running; the first plugin serves.</summary>
    Building,

    /// <summary>The second plugin has not shaken hands yet; the first one serves.</summary>
    Swapping,

    /// <summary>Nothing is going on.</summary>
    Ready,

    /// <summary>The loop was told to end, and the plugin takes its time.</summary>
    Stopping,
}
