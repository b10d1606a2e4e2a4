namespace Omniview.Plugin.Core.Install;

/// <summary>One file that a commit puts in its place or takes away.</summary>
/// <param name="Path">Relative to the folder that is changed.</param>
/// <param name="Replaces">Whether something has that name before; it is kept until the commit is done.</param>
internal sealed record JournalStep(string Path, bool Replaces);
