using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>How a build ended.</summary>
/// <param name="Success">Whether <see cref="GoBuildRequest.Output"/> is now what the sources say.</param>
/// <param name="Diagnostics">At least one error when it failed; no error when it succeeded.</param>
/// <param name="Duration">From the request to the finished program in its place.</param>
internal sealed record GoBuildResult(bool Success, IReadOnlyList<Diagnostic> Diagnostics, TimeSpan Duration)
{
    /// <summary>
    /// Of that, to link; null where only the go command knows, and zero when there was nothing to link.
    /// </summary>
    public TimeSpan? Linking { get; init; }
}
