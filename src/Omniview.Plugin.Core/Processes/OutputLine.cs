namespace Omniview.Plugin.Core.Processes;

/// <summary>One line a child wrote.</summary>
/// <param name="Text">The line without its end, at most <see cref="LineSplitter.ShownBytes"/> bytes of it.</param>
/// <param name="IsError">Whether it came from standard error.</param>
/// <param name="ElidedBytes">How many bytes of the line are not in <paramref name="Text"/>.</param>
internal readonly record struct OutputLine(string Text, bool IsError, long ElidedBytes = 0);
