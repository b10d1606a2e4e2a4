using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Hosting;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Writes a project's properties for the dev loop, which must not evaluate MSBuild to read them.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDevSettings : OmniviewTask
{
    [Required]
    public string SettingsFile { get; set; } = "";

    public string StateDirectory { get; set; } = "";

    [Required]
    public string IntermediateDirectory { get; set; } = "";

    public string GoToolPath { get; set; } = "";

    public string GoPackage { get; set; } = "./pkg";

    public string GoOutput { get; set; } = "";

    public string GoTags { get; set; } = "";

    public string GoLdFlags { get; set; } = "";

    public string GoGcFlags { get; set; } = "";

    public bool GoRace { get; set; }

    public bool Debuggable { get; set; }

    public ITaskItem[] GoExtraArguments { get; set; } = [];

    public string GoWork { get; set; } = "";

    public ITaskItem[] GoEnvironment { get; set; } = [];

    public bool NoVite { get; set; }

    public string NodePath { get; set; } = "";

    public string PackageManagerPath { get; set; } = "";

    public int VitePortStart { get; set; }

    public int VitePortEnd { get; set; }

    public int ViteReadyTimeout { get; set; }

    public ITaskItem[] ViteEnvironment { get; set; } = [];

    public int QuietMilliseconds { get; set; }

    public int PluginStartTimeout { get; set; }

    public string Editor { get; set; } = "";

    /// <summary>true, false, or empty for neither.</summary>
    public string OpenDashboard { get; set; } = "";

    protected override Task RunAsync(CancellationToken cancellation)
    {
        var settings = new DevSettings
        {
            ProjectDirectory = Path.TrimEndingDirectorySeparator(ProjectDirectory),
            IntermediateDirectory = FullPath(IntermediateDirectory),
            QuietMilliseconds = QuietMilliseconds,
            PluginStartTimeoutSeconds = PluginStartTimeout,
            Editor = NullIfEmpty(Editor),
            OpenDashboard = bool.TryParse(OpenDashboard, out var open) ? open : null,
            Go = new DevSettings.GoSettings
            {
                ToolPath = NullIfEmpty(GoToolPath),
                Package = GoPackage,
                Output = FullPath(GoOutput),
                Tags = NullIfEmpty(GoTags),
                LdFlags = NullIfEmpty(GoLdFlags),
                GcFlags = NullIfEmpty(GoGcFlags),
                Race = GoRace,
                Debuggable = Debuggable,
                ExtraArguments = [.. GoExtraArguments.Select(argument => argument.ItemSpec)],
                Work = NullIfEmpty(GoWork),
                Environment = NamedValues.Read(GoEnvironment),
            },
            Ui = new DevSettings.UiSettings
            {
                Enabled = !NoVite,
                NodePath = FullPath(NodePath),
                PackageManagerPath = FullPath(PackageManagerPath),
                PortStart = VitePortStart,
                PortEnd = VitePortEnd,
                ReadyTimeoutSeconds = ViteReadyTimeout,
                Environment = NamedValues.Read(ViteEnvironment),
            },
        };
        new DevSettingsFile(Core.State.StateDirectory.Resolve(NullIfEmpty(StateDirectory)), settings).Write(FullPath(SettingsFile)!);
        return Task.CompletedTask;
    }
}
