using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Linux: the tools are there with which children end at once when the dev host is killed.</summary>
internal static class ContainmentCheck
{
    public static IEnumerable<Finding> Run() => Run(OperatingSystem.IsLinux(), Containment.HasGroups);

    internal static IEnumerable<Finding> Run(bool isLinux, bool hasGroups)
    {
        if (isLinux && !hasGroups)
        {
            yield return Finding.Warning(
                DiagnosticCodes.NoContainment,
                "There is no setpriv or no setsid of util-linux (BusyBox's are not enough). When the dev host is " +
                "killed, its children are ended by its guardian and not by the kernel, which takes seconds.",
                "Install util-linux: apt-get install util-linux, apk add util-linux setpriv");
        }
    }
}
