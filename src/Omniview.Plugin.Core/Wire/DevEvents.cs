namespace Omniview.Plugin.Core.Wire;

/// <summary>Names of the server-sent events. The first three are Omniview's.</summary>
internal static class DevEvents
{
    public const string Status = "plugin/devserver/status";
    public const string Log = "plugin/devserver/log";
    public const string Error = "plugin/devserver/error";

    /// <summary>
    /// Omniview's too, with a <see cref="DevReload"/>: another plugin is about to take the place of the one that runs,
    /// has taken it, or could not.
    /// </summary>
    public const string ReloadStart = "plugin/dev_reload_start";
    public const string ReloadComplete = "plugin/dev_reload_complete";
    public const string ReloadError = "plugin/dev_reload_error";

    /// <summary>First event of a session: <see cref="SessionStarted"/>.</summary>
    public const string Session = "session";

    /// <summary>
    /// The subscriber was too slow: events were dropped. In a session a fresh status and error list follow, in the
    /// stream of all plugins a <see cref="Snapshot"/>.
    /// </summary>
    public const string Lagged = "lagged";

    /// <summary>
    /// First event of the stream of all plugins, unless it goes on after an earlier one: <see cref="HostSnapshot"/>.
    /// </summary>
    public const string Snapshot = "snapshot";

    /// <summary>
    /// What came after the given Last-Event-ID is not known any more; a <see cref="Snapshot"/> follows.
    /// </summary>
    public const string Reset = "reset";
}
