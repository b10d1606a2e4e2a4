namespace Omniview.Plugin.DevServer.Tests.Faults;

/// <summary>What happens to it.</summary>
public enum Fault
{
    Term = 15,
    Kill = 9,

    /// <summary>Stopped, and set going again when the others have had time to take it for dead.</summary>
    Pause = 19,
}
