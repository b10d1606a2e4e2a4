using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// What the dev host knows of one plugin. The first eleven names are Omniview's own; the rest are ours.
/// </summary>
internal sealed record DevServerState
{
    [JsonPropertyName("pluginID"), JsonPropertyOrder(0)]
    public required string PluginId { get; init; }

    /// <summary><c>idle</c>, <c>managed</c> (run by the dev host) or <c>external</c>.</summary>
    [JsonPropertyOrder(1)]
    public string Mode { get; init; } = "idle";

    [JsonPropertyOrder(2)]
    public string DevPath { get; init; } = "";

    [JsonPropertyOrder(3)]
    public int VitePort { get; init; }

    /// <summary>Where Vite answers; empty while it does not.</summary>
    [JsonPropertyName("viteURL"), JsonPropertyOrder(4)]
    public string ViteUrl { get; init; } = "";

    /// <summary><c>error</c> also while Vite answers, when what it serves has an error.</summary>
    [JsonPropertyOrder(5)]
    public string ViteStatus { get; init; } = ProcessStatus.Idle;

    [JsonPropertyOrder(6)]
    public string GoStatus { get; init; } = ProcessStatus.Idle;

    /// <summary>Nanoseconds.</summary>
    [JsonPropertyOrder(7)]
    public long LastBuildDuration { get; init; }

    /// <summary>RFC 3339; empty before the first build.</summary>
    [JsonPropertyOrder(8)]
    public string LastBuildTime { get; init; } = "";

    [JsonPropertyOrder(9)]
    public string LastError { get; init; } = "";

    /// <summary>
    /// The running plugin answers its health check, or, where it has none, its address speaks gRPC; looked at again
    /// every 15 seconds. A fact about a process, never inferred from a build.
    /// </summary>
    [JsonPropertyOrder(10)]
    public bool GrpcConnected { get; init; }

    /// <summary>Build-and-swap cycles that brought a new plugin up; 0 before the first.</summary>
    [JsonPropertyOrder(11)]
    public int Generation { get; init; }

    /// <summary>The plugin runs, but is older than the sources.</summary>
    [JsonPropertyOrder(12)]
    public bool Stale => StaleReason.Length > 0;

    /// <summary>
    /// What became of the newer sources, such as <c>build failed</c>; empty unless the plugin is stale.
    /// </summary>
    [JsonPropertyOrder(13)]
    public string StaleReason { get; init; } = "";

    [JsonPropertyOrder(14)]
    public int PluginPid { get; init; }

    /// <summary>Rises with every change of this plugin's state, also when it is stopped and started again.</summary>
    [JsonPropertyOrder(15)]
    public long Seq { get; init; }

    /// <summary>
    /// Lines of this plugin's log that came too fast to be passed on as events. The last 5,000 of all are kept.
    /// </summary>
    [JsonPropertyOrder(16)]
    public long LogLinesDropped { get; init; }

    /// <summary>
    /// <c>serving</c>; <c>not offered</c>: the plugin has no health service; <c>silent</c>: it does not answer; <c>not
    /// serving</c>: it says so itself; empty without a plugin.
    /// </summary>
    [JsonPropertyOrder(17)]
    public string PluginHealth { get; init; } = "";

    /// <summary>What is wrong with the UI, behind its place; empty when nothing is.</summary>
    [JsonPropertyOrder(18)]
    public string ViteError { get; init; } = "";

    /// <summary>One word for all of it.</summary>
    [JsonPropertyOrder(19)]
    public string Status =>
        ViteStatus == ProcessStatus.Error || GoStatus == ProcessStatus.Error ? ProcessStatus.Error :
        ViteStatus is ProcessStatus.Building or ProcessStatus.Starting
            || GoStatus is ProcessStatus.Building or ProcessStatus.Starting ? ProcessStatus.Building :
        !GrpcConnected && IsStopped ? ProcessStatus.Stopped :
        // without a backend there is nothing to connect to
        !GrpcConnected && GoStatus != ProcessStatus.Idle ? "connecting" :
        ProcessStatus.Ready;

    private bool IsStopped =>
        Mode == "idle" || ViteStatus == ProcessStatus.Stopped
        || (ViteStatus == ProcessStatus.Idle && GoStatus is ProcessStatus.Idle or ProcessStatus.Stopped);
}
