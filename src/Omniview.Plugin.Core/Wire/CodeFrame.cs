namespace Omniview.Plugin.Core.Wire;

/// <summary>The lines of a file around a problem, as they were when it was reported.</summary>
/// <param name="FirstLine">1-based number of the first of them.</param>
/// <param name="Lines">Without line ends; what is very long is cut off.</param>
internal sealed record CodeFrame(int FirstLine, IReadOnlyList<string> Lines);
