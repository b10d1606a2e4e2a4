using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// Examines a project and the machine for what would go wrong later, or is dangerous now. Fetches nothing, and changes
/// nothing but installs that were killed half-way.
/// </summary>
internal static class DoctorChecks
{
    private static readonly Func<CheckContext, CancellationToken, IAsyncEnumerable<Finding>>[] Checks =
    [
        GoCheck.RunAsync, NodeCheck.RunAsync, PackageManagerCheck.RunAsync, Synchronous(ViteVersionCheck.Run),
        Synchronous(ViteSettingsCheck.Run), Synchronous(PortsCheck.Run),
        Synchronous(StateDirectoryCheck.Run), Synchronous(PluginSdkCheck.Run), Synchronous(WatchLimitsCheck.Run),
        Synchronous(_ => ContainmentCheck.Run()), Synchronous(LeftoversCheck.Run),
    ];

    /// <param name="stateDirectory">Absolute.</param>
    /// <param name="settings">As the dev loop would have them.</param>
    public static async Task<DoctorReport> RunAsync(
        string stateDirectory, DevSettings settings, CancellationToken cancellation)
    {
        var context = new CheckContext(stateDirectory, settings, ManifestReader.Read(settings.ProjectDirectory));
        List<Finding> findings = [.. context.Manifest.Diagnostics.Select(Finding.Of)];
        if (context.Manifest.Manifest is { } manifest)
        {
            context.AddFact($"{ManifestReader.FileName}: {manifest.Id} {manifest.Version}");
        }

        foreach (var check in Checks)
        {
            try
            {
                await foreach (var finding in check(context, cancellation))
                {
                    findings.Add(finding);
                }
            }
            catch (DiagnosticException e)
            {
                findings.Add(Finding.Of(e.Diagnostic)); // a tool that is missing, a file that can't be read
            }
        }

        return new DoctorReport(context.Facts, [.. findings.OrderByDescending(finding => finding.Problem.Severity)]);
    }

    private static Func<CheckContext, CancellationToken, IAsyncEnumerable<Finding>> Synchronous(
        Func<CheckContext, IEnumerable<Finding>> check) =>
        (context, _) => check(context).ToAsyncEnumerable();
}
