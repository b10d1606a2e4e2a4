namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>A file the editor was asked to show.</summary>
/// <param name="File">Its own path, with no link in it.</param>
/// <param name="Editor">The program that was started.</param>
internal sealed record OpenedFile(string File, string Editor);
