namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>
/// Another place that belongs to a problem: the other declaration, the next step of a cycle, an included file.
/// </summary>
/// <param name="File">Absolute path.</param>
/// <param name="Line">1-based line, 0 when unknown.</param>
/// <param name="Column">1-based column, 0 when unknown.</param>
/// <param name="Message">What is there.</param>
internal sealed record RelatedLocation(string File, int Line, int Column, string Message);
