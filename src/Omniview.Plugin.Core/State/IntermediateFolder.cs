namespace Omniview.Plugin.Core.State;

/// <summary><c>obj/omniview</c>: what is noted about a project, and may be deleted.</summary>
internal static class IntermediateFolder
{
    /// <summary>Held open by who installs or builds the UI.</summary>
    internal const string UiLock = "ui.lock";

    internal const string InstallStamp = "ui-install.stamp";
    internal const string BuildStamp = "ui-build.stamp";
    internal const string ModulesStamp = "go-modules.stamp";

    /// <summary>The port Vite had last.</summary>
    public const string VitePort = "vite.port";

    /// <summary>Looked at by dotnet watch for files it does not know.</summary>
    public const string WatchStamp = "watch.stamp";

    /// <summary>All that is ever kept there; <c>dev.json</c> is named by the targets.</summary>
    public static IReadOnlyList<StateEntry> Entries { get; } =
    [
        new(UiLock, StateEntryKind.Lock), new(InstallStamp, StateEntryKind.Text), new(BuildStamp, StateEntryKind.Text),
        new(ModulesStamp, StateEntryKind.Text),
        new(VitePort, StateEntryKind.Text), new(WatchStamp, StateEntryKind.Text), new("dev.json", StateEntryKind.Text),
    ];
}
