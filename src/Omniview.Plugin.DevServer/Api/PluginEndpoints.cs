using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.DevServer.Hosting;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>The plugins as resources, under <c>/api/v1/plugins</c>.</summary>
internal static class PluginEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, InstanceManager manager, HostLife life)
    {
        routes.MapGet("/api/v1/version", () => Results.Json(
            life.Touch() ? new HostVersion(HostVersion.Own, ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks) : null, // null: on its way out, look for the next
            WireJson.Options));
        var plugins = routes.MapGroup("/api/v1/plugins");
        plugins.MapGet("/", () => Results.Json(manager.All.Select(instance => instance.Board.State), WireJson.Options));
        plugins.MapPost("/", (StartRequest request) => StartAsync(manager, life, request));
        plugins.MapGet("/{id}", (string id) =>
            Results.Json(manager.Find(id)?.Board.State ?? new DevServerState { PluginId = id }, WireJson.Options));
        plugins.MapGet("/{id}/errors", (string id) => WithPlugin(manager, id, instance => Results.Json(instance.Board.Errors, WireJson.Options)));
        plugins.MapGet("/{id}/logs", (string id, int? count) => WithPlugin(manager, id, instance => Results.Json(instance.Board.Logs(count ?? 0), WireJson.Options)));
        plugins.MapPost("/{id}/rebuild", (string id) => WithPlugin(manager, id, instance =>
        {
            instance.RequestRebuild();
            return Results.Json(instance.Board.State, WireJson.Options, statusCode: StatusCodes.Status202Accepted);
        }));
        plugins.MapPost("/{id}/stop", async (string id) =>
        {
            if (manager.Find(id) is not { } instance)
            {
                return Problems.NotRunning(id);
            }

            await manager.StopAsync(instance).ConfigureAwait(false);
            return Results.Json(new SessionEnded(PluginStopped: true, life.EndIfIdle()), WireJson.Options);
        });
    }

    private static async Task<IResult> StartAsync(InstanceManager manager, HostLife life, StartRequest request)
    {
        try
        {
            using var starting = life.Starting();
            var (instance, started) = await manager.StartAsync(request.Settings, leases => leases.AddOwner(request.Owner)).ConfigureAwait(false);
            return Results.Json(instance.Board.State, WireJson.Options, statusCode: started ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        catch (DiagnosticException e)
        {
            return Problems.Of(e.Diagnostic);
        }
    }

    private static IResult WithPlugin(InstanceManager manager, string id, Func<PluginInstance, IResult> action) =>
        manager.Find(id) is { } instance ? action(instance) : Problems.NotRunning(id);
}
