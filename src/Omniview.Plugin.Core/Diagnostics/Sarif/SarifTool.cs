namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>Who reports: a run's driver.</summary>
/// <param name="Name">E.g. <c>go build</c>.</param>
/// <param name="Version">The version of this product, which runs it.</param>
/// <param name="Titles">What codes stand for that are in no list of ours, by the code.</param>
internal sealed record SarifTool(string Name, string Version, IReadOnlyDictionary<string, string> Titles);
