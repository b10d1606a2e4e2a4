namespace Omniview.Plugin.Core.Processes;

/// <summary>One process of a group.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Name">Name of the program, without its arguments.</param>
/// <param name="State">What it does.</param>
/// <param name="ResidentBytes">Memory in use.</param>
internal sealed record MemberUsage(int Pid, string Name, ProcessState State, long ResidentBytes);
