using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Processes;

/// <summary>What a process is doing; the values of proc_pid_stat(5).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProcessState>))]
internal enum ProcessState
{
    /// <summary>A letter of a newer kernel.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>There is no such process any more.</summary>
    [JsonStringEnumMemberName("not found")]
    NotFound,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("interruptible sleep")]
    InterruptibleSleep,

    [JsonStringEnumMemberName("uninterruptible sleep")]
    UninterruptibleSleep,

    /// <summary>By a signal, e.g. STOP.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Ended, and not yet waited for by its parent.</summary>
    [JsonStringEnumMemberName("zombie")]
    Zombie,

    [JsonStringEnumMemberName("dead")]
    Dead,

    /// <summary>By a debugger.</summary>
    [JsonStringEnumMemberName("tracing stop")]
    TracingStop,

    /// <summary>A thread of the kernel.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    [JsonStringEnumMemberName("parked")]
    Parked,

    [JsonStringEnumMemberName("waking")]
    Waking,
}
