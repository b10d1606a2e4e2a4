namespace Omniview.Plugin.Core.Processes;

/// <summary>What a process is doing; the values of proc_pid_stat(5).</summary>
public enum ProcessState
{
    /// <summary>A letter of a newer kernel.</summary>
    Unknown,

    /// <summary>There is no such process any more.</summary>
    NotFound,
    Running,
    InterruptibleSleep,
    UninterruptibleSleep,

    /// <summary>By a signal, e.g. STOP.</summary>
    Stopped,

    /// <summary>Ended, and not yet waited for by its parent.</summary>
    Zombie,
    Dead,

    /// <summary>By a debugger.</summary>
    TracingStop,

    /// <summary>A thread of the kernel.</summary>
    Idle,
    Parked,
    Waking,
}
