using System.Text.Json;
using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// What is kept of a child so that it can be ended when its starter no longer can. Neither arguments nor paths: they
/// may hold secrets.
/// </summary>
/// <param name="Program">File name of the program, for messages.</param>
/// <param name="Nonce">What proves a process to be of this group.</param>
/// <param name="BootId">The run of the machine all numbers belong to.</param>
/// <param name="Owner">Who started it and ends it for as long as it lives itself.</param>
/// <param name="Leader">The child, which is also its group and session; null while it is being started.</param>
internal sealed record GroupRecord(
    string Program,
    string Nonce,
    string BootId,
    ProcessIdentity Owner,
    ProcessIdentity? Leader)
{
    [JsonIgnore]
    public bool IsOfThisBoot => BootId == Boot.Id;

    /// <summary>
    /// While the leader is not recorded only the nonce finds it, looked for among what is no older than the owner.
    /// </summary>
    [JsonIgnore]
    public ProcessGroup Group => new(Leader?.Pid ?? 0, Leader?.StartTicks ?? Owner.StartTicks, Nonce);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GroupRecordJson.Default.GroupRecord);

    /// <summary>Null for what is no record.</summary>
    public static GroupRecord? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return
                JsonSerializer.Deserialize(bytes, GroupRecordJson.Default.GroupRecord)
                    is { Nonce.Length: Containment.NonceLength, Owner.Pid: > 0, Leader: null or { Pid: > 1 } } record
                ? record
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
