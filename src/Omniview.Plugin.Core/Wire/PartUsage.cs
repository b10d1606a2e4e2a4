using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Wire;

/// <summary>What Vite or the plugin takes of the machine.</summary>
/// <param name="Source"><c>vite</c> or <c>plugin</c>.</param>
/// <param name="Usage">The child and its descendants.</param>
internal sealed record PartUsage(string Source, ProcessUsage Usage);
