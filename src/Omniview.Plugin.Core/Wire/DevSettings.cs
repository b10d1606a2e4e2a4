using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// All a dev loop is told about a project. MSBuild writes it from properties and items, the command line from its
/// options; a folder without either gets the defaults.
/// </summary>
internal sealed record DevSettings
{
    /// <summary>The file in the intermediate folder that dotnet watch looks at for files it does not know.</summary>
    public const string WatchStampName = IntermediateFolder.WatchStamp;

    /// <summary>Absolute path of the folder with plugin.yaml.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>
    /// Absolute path of the folder for stamps and other things that may be deleted; default <c>obj/omniview</c>.
    /// </summary>
    public string? IntermediateDirectory { get; init; }

    /// <summary>PATH of whoever asked: the dev host may have been started from another shell.</summary>
    public string? SearchPath { get; init; }

    /// <summary>
    /// The environment of whoever asked, for the plugin, Go and Vite, as <see cref="SessionEnvironment"/> lets it pass;
    /// null for that of the dev host. A secret: never written, logged or answered.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public GoSettings Go { get; init; } = new();

    public UiSettings Ui { get; init; } = new();

    /// <summary>Absolute paths of files whose change is a reason to build, though go does not know them.</summary>
    public IReadOnlyList<string> WatchedFiles { get; init; } = [];

    /// <summary>
    /// Looks at the files instead of waiting for the system's events: DOTNET_USE_POLLING_FILE_WATCHER of whoever asked.
    /// </summary>
    public bool Polling { get; init; }

    /// <summary>After a burst of saves has begun: no save for this long means settled.</summary>
    public int QuietMilliseconds { get; init; } = 40;

    /// <summary>However long a burst of saves goes on, a build starts after this.</summary>
    public int QuietLimitMilliseconds { get; init; } = 250;

    /// <summary>How long a plugin may take from its start to a healthy answer.</summary>
    // as long as go-plugin's client waits (client.go, StartTimeout)
    public int PluginStartTimeoutSeconds { get; init; } = 60;

    /// <summary>
    /// Starts the plugin with <c>OMNIVIEW_DEV=1</c>: plugin-sdk then writes <c>.devinfo</c> itself, and removes it when
    /// it ends.
    /// </summary>
    public bool PluginDevMode { get; init; }

    /// <summary>
    /// The command that opens a file in the user's editor; null for one that is found. See <see cref="EditorCommand"/>.
    /// </summary>
    public string? Editor { get; init; }

    /// <summary>
    /// Whether the dev loop opens the dashboard when it starts; null: at a terminal, and not on a build server.
    /// </summary>
    public bool? OpenDashboard { get; init; }

    /// <summary>
    /// With what the environment of this process, which asks, has to say; the dev host's is another's.
    /// </summary>
    public DevSettings WithEnvironment() => this with
    {
        SearchPath = System.Environment.GetEnvironmentVariable("PATH"),
        Environment = SessionEnvironment.OfThisProcess(),
        Polling = System.Environment.GetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER") is "1" or "true"
            or "True",
        Editor = Editor ?? EditorOfEnvironment(),
    };

    /// <summary>Whether to open the dashboard for somebody who is, or is not, at a terminal.</summary>
    public bool OpensDashboard(bool atTerminal) =>
        OpenDashboard ?? (atTerminal && System.Environment.GetEnvironmentVariable("CI") is null or "" or "false");

    /// <summary>The variable of ours; else $VISUAL or $EDITOR, if that is a program with a window.</summary>
    private static string? EditorOfEnvironment() =>
        System.Environment.GetEnvironmentVariable("OMNIVIEW_EDITOR") is { Length: > 0 } ours ? ours
        : new[] { "VISUAL", "EDITOR" }.Select(System.Environment.GetEnvironmentVariable).FirstOrDefault(
            editor => EditorCommand.Parse(editor)?.HasWindow == true);

    public sealed record GoSettings : GoOptions
    {
        public GoSettings()
        {
        }

        public GoSettings(GoOptions options)
            : base(options)
        {
        }

        /// <summary>Absolute path of the binary; default <c>build/bin/plugin[.exe]</c>.</summary>
        public string? Output { get; init; }

        /// <summary>Absolute path of dlv; searched for when null.</summary>
        public string? DlvPath { get; init; }

        /// <summary>Where the debugger listens; 0: one of 25173 to 25272 that follows from the plugin's id.</summary>
        public int DebugPort { get; init; }

        /// <summary>Whether changes inside of packages are built with the compiler and the linker alone.</summary>
        public bool Incremental { get; init; } = true;

        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    }

    public sealed record UiSettings
    {
        /// <summary>False leaves Vite out even when the plugin has a UI.</summary>
        public bool Enabled { get; init; } = true;

        public string? NodePath { get; init; }

        public string? PackageManagerPath { get; init; }

        public int PortStart { get; init; } = PortRange.Default.First;

        public int PortEnd { get; init; } = PortRange.Default.Last;

        /// <summary>What type errors are; null: what they are to the UI's own script.</summary>
        public TypeCheckLevel? TypeCheck { get; init; }

        /// <summary>How long Vite may take to answer.</summary>
        public int ReadyTimeoutSeconds { get; init; } = 30;

        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    }
}
