namespace Omniview.Plugin.Core.Hosting;

/// <summary>Names of the server-sent events. The first three are Omniview's.</summary>
public static class DevEvents
{
    public const string Status = "plugin/devserver/status";
    public const string Log = "plugin/devserver/log";
    public const string Error = "plugin/devserver/error";

    /// <summary>First event of a session: <see cref="SessionStarted"/>.</summary>
    public const string Session = "session";

    /// <summary>The subscriber was too slow: events were dropped; a fresh status and error list follow.</summary>
    public const string Lagged = "lagged";
}
