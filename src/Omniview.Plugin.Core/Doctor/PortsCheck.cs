using Omniview.Plugin.Core.Ports;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>There is a port for Vite.</summary>
internal static class PortsCheck
{
    /// <exception cref="Diagnostics.DiagnosticException">OVP3005, with who has them.</exception>
    public static IEnumerable<Finding> Run(CheckContext context)
    {
        if (context.HasUi)
        {
            using var port = new PortAllocator().Allocate(new PortRange(
                context.Settings.Ui.PortStart, context.Settings.Ui.PortEnd));
            context.AddFact(FormattableString.Invariant($"Port {port.Port} is free for Vite"));
        }

        return [];
    }
}
