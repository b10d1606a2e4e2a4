using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Tasks;

/// <summary>What the tasks that run the go command over the plugin's code share.</summary>
public abstract class GoTask : OmniviewTask
{
    /// <summary>The go command; found on PATH and in well-known places when empty.</summary>
    public string GoToolPath { get; set; } = "";

    /// <summary>Decides GOOS and GOARCH; this machine's when empty.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    public bool Release { get; set; }

    public bool Debuggable { get; set; }

    public string Tags { get; set; } = "";

    public string LdFlags { get; set; } = "";

    public string GcFlags { get; set; } = "";

    public bool Race { get; set; }

    public ITaskItem[] ExtraArguments { get; set; } = [];

    public string GoWork { get; set; } = "";

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    /// <summary>Finds Go, and says the above to it.</summary>
    private protected async Task<GoRequest> SettingsAsync(CancellationToken cancellation) => new()
    {
        Toolchain = await GoToolchain.FindAsync(ProjectDirectory, NullIfEmpty(GoToolPath), cancellation),
        ProjectDirectory = ProjectDirectory,
        Target = GoTarget.FromRuntimeIdentifier(NullIfEmpty(RuntimeIdentifier)),
        Release = Release,
        Debuggable = Debuggable,
        Tags = NullIfEmpty(Tags),
        LdFlags = NullIfEmpty(LdFlags),
        GcFlags = NullIfEmpty(GcFlags),
        Race = Race,
        ExtraArguments = Values(ExtraArguments),
        GoWork = NullIfEmpty(GoWork),
        Environment = NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
    };

    private protected void LogCommand(GoRequest request, IEnumerable<string> arguments) =>
        Log.LogMessage(
            MessageImportance.Low,
            "{0} {1} ({2})",
            request.Toolchain.Executable,
            string.Join(' ', arguments),
            request.Toolchain.Version);

    protected static IReadOnlyList<string> Values(ITaskItem[] items) => [.. items.Select(item => item.ItemSpec)];
}
