using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>How the file is written: as Omniview writes it itself.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(DevInfoFile))]
internal sealed partial class DevInfoJson : JsonSerializerContext;
