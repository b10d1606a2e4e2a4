namespace Omniview.Plugin.Core.Install;

/// <summary>One file of an install: where from, where to, and the mode it gets.</summary>
internal sealed record PlannedFile(string Source, string Destination, UnixFileMode Mode);
