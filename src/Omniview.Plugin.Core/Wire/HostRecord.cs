using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Wire;

/// <summary>What a running dev host leaves in its directory so that clients find it.</summary>
internal sealed record HostRecord(
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("start_ticks")] long StartTicks,
    [property: JsonPropertyName("host")] string Host,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("started_at")] string StartedAt,
    [property: JsonPropertyName("token_file")] string TokenFile,
    [property: JsonPropertyName("boot_id")] string? BootId)
{
    [JsonIgnore]
    public ProcessIdentity Process => new(Pid, StartTicks);

    /// <summary>
    /// Whether that process still runs: one of an earlier run of the machine does not, whatever has its number and
    /// ticks now.
    /// </summary>
    [JsonIgnore]
    public bool IsAlive => (BootId is null || BootId == Boot.Id) && Process.IsAlive;

    /// <summary>The record of this process as a host that began just now.</summary>
    public static HostRecord OfThisProcess(int port, string tokenFile) =>
        new(
            ProcessIdentity.Current.Pid,
            ProcessIdentity.Current.StartTicks,
            "127.0.0.1",
            port,
            HostVersion.Own,
            Timestamp.Of(DateTimeOffset.UtcNow),
            tokenFile,
            Boot.Id);

    public void Write(string path) =>
        StateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));

    /// <summary>
    /// Null when the file is gone, is no record or must not be trusted. The token is in the file beside it, whatever
    /// the record names: else who can write a record gets any file sent.
    /// </summary>
    public static HostRecord? Read(string path)
    {
        try
        {
            return
                JsonSerializer.Deserialize<HostRecord>(StateFile.Read(path), WireJson.Options)
                    is { Pid: > 0, Port: > 0 and <= IPEndPoint.MaxPort, TokenFile.Length: > 0 } record
                && System.IO.Path.GetFileName(path)
                    == string.Create(CultureInfo.InvariantCulture, $"host.{record.Port}.json")
                ? record with
                {
                    TokenFile = Path.ChangeExtension(path, ".token"),
                }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the file unless another host's record has taken its place; whether it did.</summary>
    public bool RemoveIfSame(string path)
    {
        if (Read(path) != this)
        {
            return false;
        }

        StateFile.TryRemove(path);
        return true;
    }
}
