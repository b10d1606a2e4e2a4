using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Requests;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>What can be asked of a plugin.</summary>
internal sealed class PluginCommands(PluginManager manager, HostLife life)
{
    public void Map(RouteGroupBuilder plugins)
    {
        Describe<DevServerState>(plugins.MapPost(
            "/", (StartRequest request) => StartAsync(request)), "startProject", "Starts the plugin of a folder " +
            "unless it runs, and returns at once.", StatusCodes.Status201Created)
            .Produces<DevServerState>();
        Describe<DevServerState>(
            plugins.MapPost("/{id}/start", StartAgainAsync).ForDashboard(), "startPlugin", "Starts a plugin that " +
                "this host has served before, held by nobody in particular.", StatusCodes.Status201Created)
            .Produces<DevServerState>().Produces<HostProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
        Describe<SessionEnded>(
            plugins.MapPost("/{id}/stop", StopAsync).ForDashboard(), "stopPlugin", "Stops a plugin whoever holds " +
                "it, and answers when it is down.", StatusCodes.Status200OK);
        Describe<DevServerState>(
            plugins.MapPost("/{id}/restart", (string id) => WithPluginAsync(id, async instance =>
            {
                await instance.RestartAsync();
                return Accepted(instance);
            })).ForDashboard(),
            "restartPlugin",
            "Stops Vite and the plugin and starts both anew; who holds it goes on holding it.",
            StatusCodes.Status202Accepted);
        Describe<DevServerState>(
            plugins.MapPost("/{id}/rebuild", (string id) => WithPluginAsync(id, async instance =>
            {
                await instance.RebuildAsync();
                return Accepted(instance);
            })).ForDashboard(),
            "rebuildPlugin",
            "Builds, and swaps the plugin if that made another one; Vite is left alone if it runs well.",
            StatusCodes.Status202Accepted);
    }

    private static RouteHandlerBuilder Describe<TAnswer>(
        RouteHandlerBuilder route, string name, string summary, int status) =>
        route.WithName(name).WithSummary(summary).Produces<TAnswer>(status).Produces<HostProblem>(
            StatusCodes.Status422UnprocessableEntity, Problems.ContentType);

    private static IResult Accepted(PluginInstance instance) =>
        Results.Json(instance.Board.State, WireJson.Options, statusCode: StatusCodes.Status202Accepted);

    private async Task<IResult> StartAsync(StartRequest request)
    {
        using var starting = life.Starting();
        var (instance, started) = await manager.StartAsync(request.Settings, Lease.Of(request.Owner));
        return Results.Json(
            instance.Board.State,
            WireJson.Options,
            statusCode: started ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> StartAgainAsync(string id) =>
        manager.Find(id) is { } running ? Results.Json(running.Board.State, WireJson.Options)
        : manager.RememberedSettings(id) is { } settings ? await StartAsync(new StartRequest(settings, Owner: null))
        : Problems.NotFound(id);

    private Task<IResult> StopAsync(string id, HttpContext http) => WithPluginAsync(id, async instance =>
    {
        var keeps = DashboardAccess.IsMarked(http);
        if (keeps)
        {
            life.AwaitStart(); // who stopped it on the page finds the button to start it beside
        }

        await manager.StopAsync(instance);
        return Results.Json(new SessionEnded(PluginStopped: true, !keeps && life.EndIfIdle()), WireJson.Options);
    });

    private Task<IResult> WithPluginAsync(string id, Func<PluginInstance, Task<IResult>> action) =>
        manager.Find(id) is { } instance ? action(instance)
        : Task.FromResult(
            manager.External(id) is { } external ? Problems.External(id, external.Pid) : Problems.NotRunning(id));
}
