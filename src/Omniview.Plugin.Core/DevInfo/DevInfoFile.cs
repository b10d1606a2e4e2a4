using System.Text.Json;
using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>
/// <c>&lt;state&gt;/plugins/&lt;id&gt;/.devinfo</c>: how Omniview finds a plugin that someone else runs.
/// Written whole or not at all, readable by its user only, removed only by who wrote it.
/// </summary>
/// <param name="Pid">The plugin's process, not the dev host's.</param>
/// <param name="Addr">Socket path or host:port; Omniview tells them apart by a leading slash.</param>
internal sealed record DevInfoFile(
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("protocol")] string Protocol,
    [property: JsonPropertyName("protocolVersion"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        int ProtocolVersion,
    [property: JsonPropertyName("addr")] string Addr)
{
    private const int Limit = 64 * 1024;

    [JsonPropertyName("vitePort")]
    public int VitePort { get; init; }

    [JsonPropertyName("pluginId")]
    public string? PluginId { get; init => field = NullIfEmpty(value); }

    [JsonPropertyName("version")]
    public string? Version { get; init => field = NullIfEmpty(value); }

    /// <summary>Start of the plugin's process, RFC 3339.</summary>
    [JsonPropertyName("startedAt")]
    public string? StartedAt { get; init => field = NullIfEmpty(value); }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // it names a process
        AtomicFile.Write(
            path,
            JsonSerializer.SerializeToUtf8Bytes(this, DevInfoJson.Default.DevInfoFile),
            Permissions.OwnerFile,
            durable: false);
    }

    /// <summary>
    /// Null when there is none or it can't be read as one: a process and an address are the least it has to name.
    /// Without a protocol it is <c>grpc</c> version 1.
    /// </summary>
    public static DevInfoFile? Read(string path)
    {
        try
        {
            return
                JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path, Limit), DevInfoJson.Default.DevInfoFile)
                    is { Pid: > 0, Addr.Length: > 0 } file
                ? file with
                {
                    Protocol = NullIfEmpty(file.Protocol) ?? "grpc",
                    ProtocolVersion = file.ProtocolVersion == 0 ? 1 : file.ProtocolVersion,
                }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the file if it still is the one that names this plugin process.</summary>
    public void RemoveIfStillOurs(string path)
    {
        if (Read(path) is { } current && current.Pid == Pid && current.StartedAt == StartedAt)
        {
            StateFile.TryRemove(path);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
