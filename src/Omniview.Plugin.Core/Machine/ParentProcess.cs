using System.Runtime.InteropServices;

namespace Omniview.Plugin.Core.Machine;

/// <summary>Who started this process.</summary>
internal static partial class ParentProcess
{
    /// <summary>
    /// The parent, or null when there is none to speak of (init, or Windows, where a console end reaches the child
    /// itself).
    /// </summary>
    public static ProcessIdentity? OfCurrent() =>
        OperatingSystem.IsWindows() || GetParent() is not (> 1 and var parent) ? null : ProcessIdentity.Of(parent);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();
}
