using System.Text.Json;
using System.Text.Json.Nodes;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Reports;

/// <summary>
/// A dev session for programs: one JSON object per line, with the name of the event first and then the members that the
/// same thing has in the dev host's API.
/// </summary>
internal sealed class JsonReport(Action<string> write) : IDevListener
{
    private string _pluginId = "";

    public void Started(DevSession session)
    {
        _pluginId = session.Started.State.PluginId;
        var started = Members(session.Started);
        started["version"] = HostVersion.Own;
        started["api"] = $"{session.Client.BaseAddress}api/v1/plugins/{_pluginId}";
        started["tokenFile"] = session.Client.Record.TokenFile;
        Write("started", started);
    }

    public void StatusChanged(DevServerState state) => Write("status", Members(state));

    public void Logged(LogEntry entry) => Write("log", Members(entry));

    public void ErrorsChanged(IReadOnlyList<BuildError> errors) =>
        Write("errors", Members(new BuildErrors(_pluginId, errors)));

    /// <summary>The last line.</summary>
    /// <param name="exitCode">What the program is about to end with.</param>
    /// <param name="error">Why there was no session, or null.</param>
    public void Stopped(int exitCode, Diagnostic? error = null) =>
        Write("stopped", new JsonObject
        {
            ["exitCode"] = exitCode,
            ["error"] = error is null ? null : Members(BuildError.From(error)),
        });

    private static JsonObject Members<T>(T value) =>
        (JsonObject)JsonSerializer.SerializeToNode(value, WireJson.Options)!;

    private void Write(string name, JsonObject members)
    {
        members.Insert(0, "event", name);
        write(members.ToJsonString(WireJson.Options));
    }
}
