namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>What a line of Vite's means.</summary>
/// <param name="IsDetail">It belongs to what is told as a problem, or is a frame of a stack.</param>
/// <param name="IsAboutServer">What is wrong with the server changed with it.</param>
/// <param name="CallsForALook">What it serves may have changed.</param>
/// <param name="File">Absolute path of a file that it could not serve to a page.</param>
internal readonly record struct ViteWord(bool IsDetail, bool IsAboutServer, bool CallsForALook, string? File);
