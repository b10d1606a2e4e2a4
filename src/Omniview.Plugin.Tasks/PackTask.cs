using Microsoft.Build.Framework;

namespace Omniview.Plugin.Tasks;

/// <summary>What decides where the archives of a plugin are.</summary>
public abstract class PackTask : OmniviewTask
{
    [Required]
    public string PluginId { get; set; } = "";

    [Required]
    public string PluginVersion { get; set; } = "";

    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>See <see cref="Core.Packaging.ArchiveName"/>; the default when empty.</summary>
    public string ArchiveName { get; set; } = "";

    /// <summary>
    /// The platforms as runtime identifiers; for <see cref="PackPlugin"/> each with the metadata <c>Binary</c>, empty
    /// without a backend.
    /// </summary>
    [Required]
    public ITaskItem[] Platforms { get; set; } = [];

    protected override string Tool => "pack";

    protected string NameTemplate => NullIfEmpty(ArchiveName) ?? Core.Packaging.ArchiveName.Default;
}
