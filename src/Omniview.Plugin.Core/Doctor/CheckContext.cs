using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>The project on the machine it is developed on: what all checks look at.</summary>
internal sealed record CheckContext(string StateDirectory, DevSettings Settings, ManifestResult Manifest)
{
    /// <summary>
    /// What keeps a tool from becoming another version of itself, from fetching one and from looking for news.
    /// </summary>
    private static readonly Dictionary<string, string?> AsItIs = new()
    {
        ["COREPACK_ENABLE_NETWORK"] = "0",
        ["COREPACK_ENABLE_PROJECT_SPEC"] = "0",
        ["npm_config_manage_package_manager_versions"] = "false", // pnpm 9 and 10 (pnpm.io/settings)
        ["pnpm_config_manage_package_manager_versions"] = "false", // pnpm 11
        ["npm_config_update_notifier"] = "false",
        ["YARN_IGNORE_PATH"] = "1", // yarn 1 and later: yarn-path, yarnPath
    };

    private readonly List<string> _facts = [];

    public string Directory => Settings.ProjectDirectory;

    public IReadOnlyList<string> Facts => _facts;

    public UiProject Ui { get; } = new(Path.Combine(Settings.ProjectDirectory, "ui"), Settings.ProjectDirectory);

    // What is there counts when plugin.yaml can't be read: its own problem is told anyway.
    public bool HasBackend => Manifest.Manifest?.HasBackend ?? File.Exists(Path.Combine(Directory, "go.mod"));

    public bool HasUi => Settings.Ui.Enabled && (Manifest.Manifest?.HasUi ?? true) && File.Exists(Ui.PackageJson);

    public ExecutableFinder Finder { get; } = new(Settings.ProjectDirectory, Settings.SearchPath);

    public void AddFact(string fact) => _facts.Add(fact);

    /// <summary>
    /// Asks a tool for its version, outside of the project and of all other folders with settings: there go, pnpm and
    /// yarn may become another version of themselves, or another program, and fetch it first.
    /// </summary>
    /// <returns>The first line of its output; null when it fails.</returns>
    public static async Task<string?> QueryToolAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            var asked = new ProcessSpec(program, arguments, SystemFolder.Path)
            {
                Environment = new Dictionary<string, string?>(AsItIs.Concat(environment)),
            };
            var (exitCode, output) = await ToolRunner.CaptureAsync(asked, limit.Token);
            return exitCode == 0 ? output.Split('\n')[0].Trim() : null;
        }
        catch (Exception e) when (e is Diagnostics.DiagnosticException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
