using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// plugin-sdk reads the manifest in <c>~/.omniview</c>, whatever the state directory. The dev host takes care of it; a
/// plugin started otherwise does not start.
/// </summary>
internal static class PluginSdkCheck
{
    public static IEnumerable<Finding> Run(Patient patient)
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".omniview");
        if (patient.HasBackend && patient.StateDirectory != home && PluginSdk.IsRequiredBy(patient.Directory))
        {
            yield return new Finding(
                new Diagnostic(
                    DiagnosticCodes.SdkReadsHome, DiagnosticSeverity.Message, "The state directory is " +
                        $"{patient.StateDirectory}, and plugin-sdk reads the plugin's manifest in {home} only."),
                "The dev loop lays a link there for as long as the plugin runs. Started in another way, the plugin " +
                "needs a copy of plugin.yaml there.").At(Path.Combine(patient.Directory, "go.mod"));
        }
    }
}
