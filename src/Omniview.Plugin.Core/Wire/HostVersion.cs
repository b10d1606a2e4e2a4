using System.Reflection;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// Who answers at an address; the start ticks tie the answer to the process named in the host's record.
/// </summary>
internal sealed record HostVersion(string Version, int Pid, long StartTicks)
{
    /// <summary>The version of this product, without the commit.</summary>
    public static string Own { get; } =
        typeof(HostVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
