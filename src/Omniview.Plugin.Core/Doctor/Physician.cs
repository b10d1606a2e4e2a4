using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// Examines a project and the machine for what would go wrong later, or is dangerous now. Fetches nothing, and changes
/// nothing but installs that were killed half-way.
/// </summary>
internal static class Physician
{
    private static readonly Func<Patient, CancellationToken, IAsyncEnumerable<Finding>>[] Checks =
    [
        GoCheck.RunAsync, NodeCheck.RunAsync, PackageManagerCheck.RunAsync, Quick(ViteVersionCheck.Run),
        Quick(ViteSettingsCheck.Run), Quick(PortsCheck.Run),
        Quick(StateDirectoryCheck.Run), Quick(PluginSdkCheck.Run), Quick(WatchLimitsCheck.Run),
        Quick(_ => ContainmentCheck.Run()), Quick(LeftoversCheck.Run),
    ];

    /// <param name="stateDirectory">Absolute.</param>
    /// <param name="settings">As the dev loop would have them.</param>
    public static async Task<Examination> ExamineAsync(
        string stateDirectory, DevSettings settings, CancellationToken cancellation)
    {
        var patient = new Patient(stateDirectory, settings, ManifestReader.Read(settings.ProjectDirectory));
        List<Finding> findings = [.. patient.Manifest.Diagnostics.Select(Finding.Of)];
        if (patient.Manifest.Manifest is { } manifest)
        {
            patient.Note($"{ManifestReader.FileName}: {manifest.Id} {manifest.Version}");
        }

        foreach (var check in Checks)
        {
            try
            {
                await foreach (var finding in check(patient, cancellation))
                {
                    findings.Add(finding);
                }
            }
            catch (DiagnosticException e)
            {
                findings.Add(Finding.Of(e.Diagnostic)); // a tool that is missing, a file that can't be read
            }
        }

        return new Examination(patient.Facts, [.. findings.OrderByDescending(finding => finding.Problem.Severity)]);
    }

    private static Func<Patient, CancellationToken, IAsyncEnumerable<Finding>> Quick(
        Func<Patient, IEnumerable<Finding>> check) =>
        (patient, _) => check(patient).ToAsyncEnumerable();
}
