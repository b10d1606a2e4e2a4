namespace Omniview.Plugin.Core.Hosting;

/// <summary>All plugins at one moment, for a client that has missed how they got there.</summary>
/// <param name="Plugins">Every plugin that runs, managed or external.</param>
/// <param name="Errors">The problems of each managed one.</param>
public sealed record HostSnapshot(IReadOnlyList<DevServerState> Plugins, IReadOnlyList<BuildErrors> Errors);
