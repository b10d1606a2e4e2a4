namespace Omniview.Plugin.Core.Machine;

/// <summary>
/// Where a program runs that has nothing to do with any project. Package managers obey files of the folder they run in
/// and of those above it (<c>.yarnrc</c>, <c>packageManager</c> of a <c>package.json</c>), so nobody else may be able
/// to write one there: in the temporary folder anybody can.
/// </summary>
internal static class SystemFolder
{
    /// <summary>Only administrators can write in it, and nothing lies above it that others can.</summary>
    public static string Path { get; } = OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/";
}
