namespace Omniview.Plugin.Core.Packaging;

/// <summary>One file of an installable plugin.</summary>
/// <param name="Name">Where it goes, below the plugin's folder, with <c>/</c>: <c>bin/plugin</c>.</param>
/// <param name="Source">Absolute path of the file.</param>
/// <param name="Mode">What it gets, whatever the umask of the machine that built it: 0755 or 0644.</param>
internal sealed record LayoutFile(string Name, string Source, UnixFileMode Mode);
