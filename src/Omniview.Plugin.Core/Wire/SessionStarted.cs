namespace Omniview.Plugin.Core.Wire;

/// <summary>The dev host's answer to a new session.</summary>
/// <param name="SessionId">Names the session when it is to be ended.</param>
/// <param name="State">The plugin at this moment.</param>
/// <param name="Errors">Its problems at this moment.</param>
/// <param name="Logs">Its log so far, for a client that joins a running plugin.</param>
/// <param name="Dashboard">A link that opens the dashboard in one browser, once.</param>
internal sealed record SessionStarted(
    string SessionId,
    DevServerState State,
    IReadOnlyList<BuildError> Errors,
    IReadOnlyList<LogEntry> Logs,
    string Dashboard);
