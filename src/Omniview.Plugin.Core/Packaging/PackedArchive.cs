using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>One archive, as the manifest beside it says.</summary>
/// <param name="File">Its name.</param>
/// <param name="Checksum">SHA-256 in lower-case hex.</param>
/// <param name="Size">Bytes.</param>
internal sealed record PackedArchive(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("checksum")] string Checksum,
    [property: JsonPropertyName("size")] long Size);
