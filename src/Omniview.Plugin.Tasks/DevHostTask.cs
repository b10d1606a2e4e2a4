using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Tasks;

/// <summary>A task that is a client of the dev host.</summary>
public abstract class DevHostTask : OmniviewTask
{
    /// <summary>Written by <see cref="WriteDevSettings"/>.</summary>
    [Required]
    public string SettingsFile { get; set; } = "";

    /// <summary>The dotnet that runs the dev host.</summary>
    [Required]
    public string DotnetHost { get; set; } = "";

    /// <summary>The dev host's dll.</summary>
    [Required]
    public string DevHost { get; set; } = "";

    private protected HostCommand HostCommand => new(DotnetHost, [DevHost]);

    private protected DevSettingsFile ReadSettings()
    {
        var file = DevSettingsFile.Read(FullPath(SettingsFile)!);
        return file with { Settings = file.Settings.WithEnvironment() };
    }
}
