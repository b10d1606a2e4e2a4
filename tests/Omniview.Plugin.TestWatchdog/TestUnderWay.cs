namespace Omniview.Plugin.TestWatchdog;

/// <summary>A test that has begun and not ended.</summary>
/// <param name="Name">As the runner shows it.</param>
/// <param name="Limit">After which the runner stops waiting for it.</param>
/// <param name="Began">When it was first seen, in the watchdog's time.</param>
internal sealed record TestUnderWay(string Name, TimeSpan Limit, TimeSpan Began);
