using Microsoft.AspNetCore.OpenApi;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Dashboard;
using Omniview.Plugin.DevServer.Hosting;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>All of the API, and its description.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, InstanceManager manager, HostLife life, DashboardLogin dashboard)
    {
        var slots = new StreamSlots();
        HostEndpoints.Map(routes, life);
        var plugins = routes.MapGroup("/api/v1/plugins").AddEndpointFilter(new PluginIdFilter());
        PluginQueries.Map(plugins, manager);
        OpenInEditor.Map(plugins, manager);
        new PluginCommands(manager, life).Map(plugins);
        new SessionEndpoints(manager, life, slots, dashboard).Map(routes);
        new EventEndpoints(manager, slots, dashboard).Map(routes);
        DashboardEndpoints.Map(routes, dashboard);
        routes.MapOpenApi("/api/{documentName}/openapi.json");
    }

    /// <summary>Leaves out what differs from host to host.</summary>
    public static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Omniview plugin dev host";
            document.Info.Version = HostVersion.Own;
            document.Servers = [];
            return Task.CompletedTask;
        });
}
