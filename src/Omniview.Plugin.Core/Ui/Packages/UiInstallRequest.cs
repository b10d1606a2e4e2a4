namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>What installing the packages of a UI needs to know.</summary>
internal record UiInstallRequest
{
    public required UiProject Ui { get; init; }

    /// <summary>
    /// Absolute path of a folder of ours, below obj: what was installed and built last is noted there. One per UI, the
    /// same for every configuration, because node_modules and the output are shared as well.
    /// </summary>
    public required string StampDirectory { get; init; }

    /// <summary>The property OmniviewNodePath, or null.</summary>
    public string? NodePath { get; init; }

    /// <summary>The property OmniviewPackageManagerPath, or null.</summary>
    public string? PackageManagerPath { get; init; }

    /// <summary>Install exactly what the lock file says and fail when that no longer fits: for CI.</summary>
    public bool Frozen { get; init; }

    /// <summary>
    /// Overrides the environment of this process for everything that is started; a null value removes a variable. All
    /// of it counts as an input of the build, so nothing that differs from build to build belongs here.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}
