using System.Text.Json.Serialization;

namespace Omniview.Plugin.Core.Install;

/// <summary>How the journal is written.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CommitJournal))]
internal sealed partial class CommitJournalJson : JsonSerializerContext;
