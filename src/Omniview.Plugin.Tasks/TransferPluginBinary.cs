using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.State;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Copies manifest, assets and binary into the installed layout, each file atomically and only when it differs.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class TransferPluginBinary : OmniviewTask
{
    /// <summary>Before the environment's OMNIVIEW_STATE_DIR and the default.</summary>
    public string StateDirectory { get; set; } = "";

    [Required]
    public string PluginId { get; set; } = "";

    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>Empty for a plugin without a backend.</summary>
    public string Binary { get; set; } = "";

    /// <summary>Empty for a plugin without a UI.</summary>
    public string Assets { get; set; } = "";

    protected override string Tool => "install";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        var state = Core.State.StateDirectory.Resolve(NullIfEmpty(StateDirectory));
        var binary = FullPath(Binary);
        var result = PluginInstaller.Install(
            new InstallRequest(state, PluginId, FullPath(Manifest)!)
            {
                BinaryFile = binary,
                AssetsDirectory = FullPath(Assets),
                WindowsBinary = binary?.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) == true,
            },
            cancellation);
        Log.LogMessage(
            MessageImportance.High,
            "{0} -> {1}{2}",
            PluginId,
            new InstalledPlugin(state, PluginId).Directory,
            result.AnyChange ? "" : " (up to date)");
        return Task.CompletedTask;
    }
}
