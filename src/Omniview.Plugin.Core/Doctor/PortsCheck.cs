using Omniview.Plugin.Core.Ports;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>There is a port for Vite.</summary>
internal static class PortsCheck
{
    /// <exception cref="Diagnostics.DiagnosticException">OVP3005, with who has them.</exception>
    public static IEnumerable<Finding> Run(Patient patient)
    {
        if (patient.HasUi)
        {
            using var port = new PortAllocator().Allocate(new PortRange(
                patient.Settings.Ui.PortStart, patient.Settings.Ui.PortEnd));
            patient.Note(FormattableString.Invariant($"Port {port.Port} is free for Vite"));
        }

        return [];
    }
}
