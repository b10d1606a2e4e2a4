namespace Omniview.Plugin.Core.Processes;

/// <summary>What a child and its descendants take of the machine at one moment.</summary>
/// <param name="Pid">The child.</param>
/// <param name="State">What the child does.</param>
/// <param name="CpuPercent">Share of one core since the last look, or since the start; two busy cores are 200.</param>
/// <param name="CpuSeconds">Since the start, in user and kernel mode.</param>
/// <param name="ResidentBytes">Memory in use; pages that several processes share count for each.</param>
/// <param name="Processes">Those of the child's session, the child among them. Only the child itself on macOS and
/// Windows.</param>
internal sealed record ProcessUsage(
    int Pid,
    ProcessState State,
    double CpuPercent,
    double CpuSeconds,
    long ResidentBytes,
    IReadOnlyList<MemberUsage> Processes)
{
    /// <summary>The child has ended.</summary>
    internal static ProcessUsage None(int pid) => new(pid, ProcessState.NotFound, 0, 0, 0, []);
}
