namespace Omniview.Plugin.Core.Wire;

/// <summary>The states of Vite and of the Go side, as they are on the wire.</summary>
internal static class ProcessStatus
{
    public const string Idle = "idle";
    public const string Starting = "starting";
    public const string Building = "building";
    public const string Ready = "ready";
    public const string Error = "error";
    public const string Stopped = "stopped";
}
