using System.Globalization;
using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Writes a project's properties for the dev loop, which must not evaluate MSBuild to read them.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDevSettings : OmniviewTask
{
    private const int MostWatchedFiles = 1000;

    [Required]
    public string SettingsFile { get; set; } = "";

    public string StateDirectory { get; set; } = "";

    [Required]
    public string IntermediateDirectory { get; set; } = "";

    /// <summary>What the author sets for every go command: <see cref="GoOptionItems"/>.</summary>
    [Required]
    public ITaskItem[] GoOptions { get; set; } = [];

    public string GoOutput { get; set; } = "";

    public string DlvPath { get; set; } = "";

    public int DebugPort { get; set; }

    public bool GoIncremental { get; set; } = true;

    public ITaskItem[] GoEnvironment { get; set; } = [];

    public bool NoVite { get; set; }

    public string NodePath { get; set; } = "";

    public string PackageManagerPath { get; set; } = "";

    /// <inheritdoc cref="UiBuild.TypeCheck"/>
    public string TypeCheck { get; set; } = "";

    public int VitePortStart { get; set; }

    public int VitePortEnd { get; set; }

    public int ViteReadyTimeout { get; set; }

    public ITaskItem[] ViteEnvironment { get; set; } = [];

    public ITaskItem[] WatchedFiles { get; set; } = [];

    public int QuietMilliseconds { get; set; }

    public int PluginStartTimeout { get; set; }

    public bool PluginDevMode { get; set; }

    public string Editor { get; set; } = "";

    /// <summary>true, false, or empty for neither.</summary>
    public string OpenDashboard { get; set; } = "";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        if (WatchedFiles.Length > MostWatchedFiles)
        {
            throw new DiagnosticException(
                Diagnostic.Error(
                    DiagnosticCodes.TooManyWatchedFiles,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"OmniviewWatch names {WatchedFiles.Length} files, and the dev loop looks at " +
                        $"{MostWatchedFiles} at most. A ** probably takes in more than was meant, such as " +
                        $"node_modules: name a folder, or add an Exclude."
                    )));
        }

        var settings = new DevSettings
        {
            ProjectDirectory = Path.TrimEndingDirectorySeparator(ProjectDirectory),
            IntermediateDirectory = FullPath(IntermediateDirectory),
            WatchedFiles =
            [
                .. WatchedFiles
                    .Select(file => FullPath(file.ItemSpec))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            QuietMilliseconds = QuietMilliseconds,
            PluginStartTimeoutSeconds = PluginStartTimeout,
            PluginDevMode = PluginDevMode,
            Editor = NullIfEmpty(Editor),
            OpenDashboard = bool.TryParse(OpenDashboard, out var open) ? open : null,
            Go = new DevSettings.GoSettings(GoOptionItems.Read(GoOptions))
            {
                Output = FullPath(GoOutput),
                DlvPath = FullPath(DlvPath),
                DebugPort = DebugPort,
                Incremental = GoIncremental,
                Environment = NamedValues.Read(GoEnvironment),
            },
            Ui = new DevSettings.UiSettings
            {
                Enabled = !NoVite,
                NodePath = FullPath(NodePath),
                PackageManagerPath = FullPath(PackageManagerPath),
                TypeCheck = TypeCheckProperty.Read(TypeCheck),
                PortStart = VitePortStart,
                PortEnd = VitePortEnd,
                ReadyTimeoutSeconds = ViteReadyTimeout,
                Environment = NamedValues.Read(ViteEnvironment),
            },
        };
        new DevSettingsFile(Core.State.StateDirectory.Resolve(NullIfEmpty(StateDirectory)), settings)
            .Write(FullPath(SettingsFile)!);
        return Task.CompletedTask;
    }
}
