using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Processes;

/// <summary>How a record is written. What does not have all of it is no record.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(GroupRecord))]
internal sealed partial class GroupRecordJson : JsonSerializerContext;
