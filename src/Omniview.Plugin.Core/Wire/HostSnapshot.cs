namespace Omniview.Plugin.Core.Wire;

/// <summary>All plugins at one moment, for a client that has missed how they got there.</summary>
/// <param name="Plugins">Every plugin that runs, managed or external.</param>
/// <param name="Errors">The problems of each managed one.</param>
internal sealed record HostSnapshot(IReadOnlyList<DevServerState> Plugins, IReadOnlyList<BuildErrors> Errors);
