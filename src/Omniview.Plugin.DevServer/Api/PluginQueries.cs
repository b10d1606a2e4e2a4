using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// What is known of a plugin. One that nobody serves is idle and has nothing to show, which is no error.
/// </summary>
internal static class PluginQueries
{
    public static void Map(RouteGroupBuilder plugins, PluginManager manager)
    {
        plugins.MapGet("/", () => Json(manager.States)).ForDashboard().WithName("listPlugins").WithSummary(
            "The states of all plugins, managed and external.").Produces<IReadOnlyList<DevServerState>>();
        plugins.MapGet("/{id}", (string id) => Json(manager.StateOf(id))).ForDashboard().WithName("getPlugin")
            .WithSummary("The state of one plugin.").Produces<DevServerState>();
        plugins.MapGet("/{id}/errors", (string id) => Json(manager.Find(id)?.Board.Errors ?? [])).ForDashboard()
            .WithName("getErrors").WithSummary("The problems of its sources as they are now.")
            .Produces<IReadOnlyList<BuildError>>();
        plugins.MapGet("/{id}/logs", (string id, int? count) => Json(manager.Find(id)?.Board.Logs(count ?? 0)))
            .ForDashboard().WithName("getLogs").WithSummary(
                "The last lines of its log, oldest first; null for one that does not run.")
                .Produces<IReadOnlyList<LogEntry>>();
        plugins.MapGet("/{id}/builds", (string id) => Json(manager.Find(id)?.Builds.All ?? [])).ForDashboard()
            .WithName("getBuilds").WithSummary(
                "The last 50 turns of its loop, oldest first, with the time of each phase.")
                .Produces<IReadOnlyList<BuildRecord>>();
        plugins.MapGet("/{id}/process", (string id) => Json(manager.Find(id)?.Usage ?? [])).ForDashboard()
            .WithName("getProcesses").WithSummary(
                "What Vite and the plugin take of the machine, each with its descendants.")
                .Produces<IReadOnlyList<PartUsage>>();
        plugins.MapGet("/{id}/external", (string id) => Json(manager.External(id))).ForDashboard().WithName(
            "getExternal").WithSummary("The .devinfo of a plugin that someone else runs, or null.")
            .Produces<DevInfoFile>();
    }

    private static IResult Json<T>(T value) =>
        // ASP.NET writes nothing at all for null
        value is null ? Results.Text("null", "application/json") : Results.Json(value, WireJson.Options);
}
