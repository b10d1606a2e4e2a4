namespace Omniview.Plugin.Core.Wire;

/// <summary>One turn of a plugin's loop, from a save or a request to a plugin that answers.</summary>
/// <param name="Number">From 1, per start of the dev server.</param>
/// <param name="StartedAt">RFC 3339 with milliseconds, UTC: when the change was taken up.</param>
/// <param name="Result">
/// <c>ready</c>: a new plugin runs; <c>unchanged</c>: the binary is the one that runs; <c>failed</c>; <c>superseded</c>
/// by a newer save; <c>stopped</c> with the plugin.
/// </param>
/// <param name="Generation">The generation that ran at the end of it; 0 for none.</param>
/// <param name="TotalMs">Milliseconds from the beginning of the first phase to the end of the last.</param>
/// <param name="Error">The first problem of a turn that failed, else empty.</param>
internal sealed record BuildRecord(
    long Number, string StartedAt, string Result, int Generation, BuildPhases Phases, double TotalMs, string Error);
