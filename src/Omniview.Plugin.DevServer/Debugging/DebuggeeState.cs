namespace Omniview.Plugin.DevServer.Debugging;

/// <summary>What a program under the debugger does.</summary>
internal enum DebuggeeState
{
    /// <summary>The debugger does not say.</summary>
    Unknown,

    Running,

    /// <summary>It stands at a breakpoint, or is stepped through.</summary>
    Stopped,

    /// <summary>It stands where it would end of a panic or of a fatal error of Go's runtime.</summary>
    Panicked,

    /// <summary>It has ended; the debugger stays, to tell its clients.</summary>
    Exited,
}
