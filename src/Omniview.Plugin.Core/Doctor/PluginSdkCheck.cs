using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// plugin-sdk reads the manifest in <c>~/.omniview</c>, whatever the state directory. The dev host takes care of it; a
/// plugin started otherwise does not start.
/// </summary>
internal static class PluginSdkCheck
{
    public static IEnumerable<Finding> Run(CheckContext context)
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".omniview");
        if (context.HasBackend && context.StateDirectory != home && PluginSdk.IsRequiredBy(context.Directory))
        {
            yield return new Finding(
                new Diagnostic(
                    DiagnosticCodes.SdkReadsHome, DiagnosticSeverity.Message, "The state directory is " +
                        $"{context.StateDirectory}, and plugin-sdk reads the plugin's manifest in {home} only."),
                "The dev loop lays a link there for as long as the plugin runs. Started in another way, the plugin " +
                "needs a copy of plugin.yaml there.").At(Path.Combine(context.Directory, "go.mod"));
        }
    }
}
