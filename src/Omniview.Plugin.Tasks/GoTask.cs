using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Tasks;

/// <summary>What the tasks that run the go command over the plugin's code share.</summary>
public abstract class GoTask : OmniviewTask
{
    /// <summary>Decides GOOS and GOARCH; this machine's when empty.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    public bool Release { get; set; }

    /// <summary>What the author sets: <see cref="GoOptionItems"/>.</summary>
    [Required]
    public ITaskItem[] Options { get; set; } = [];

    public ITaskItem[] EnvironmentItems { get; set; } = [];

    private protected Dictionary<string, string?> ReadEnvironment() =>
        NamedValues.Read(EnvironmentItems).ToDictionary(pair => pair.Key, string? (pair) => pair.Value);

    /// <summary>Finds Go, and says the above to it.</summary>
    private protected async Task<GoRequest> SettingsAsync(CancellationToken cancellation)
    {
        var options = GoOptionItems.Read(Options);
        return new GoRequest
        {
            Toolchain = await GoToolchain.FindAsync(ProjectDirectory, options.ToolPath, cancellation),
            ProjectDirectory = ProjectDirectory,
            Target = GoTarget.FromRuntimeIdentifier(NullIfEmpty(RuntimeIdentifier)),
            Release = Release,
            Options = options,
            Environment = ReadEnvironment(),
        };
    }

    private protected void LogCommand(GoRequest request, IEnumerable<string> arguments) =>
        Log.LogMessage(
            MessageImportance.Low,
            "{0} {1} ({2})",
            request.Toolchain.Executable,
            string.Join(' ', arguments),
            request.Toolchain.Version);

    protected static IReadOnlyList<string> Values(ITaskItem[] items) => [.. items.Select(item => item.ItemSpec)];
}
