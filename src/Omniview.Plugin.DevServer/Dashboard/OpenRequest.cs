namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>A place to open in the editor.</summary>
/// <param name="File">Absolute, or relative to the project or its UI.</param>
/// <param name="Line">1-based; less means the first.</param>
/// <param name="Column">1-based; less means the first.</param>
internal sealed record OpenRequest(string File, int Line = 1, int Column = 1);
