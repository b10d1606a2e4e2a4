using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Dashboard;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>All of the API.</summary>
internal static class ApiRoutes
{
    public static void Map(
        IEndpointRouteBuilder routes, PluginManager manager, HostLife life, DashboardLogin dashboard, string token)
    {
        var slots = new StreamSlots();
        HostEndpoints.Map(routes, life, token);
        var plugins = routes.MapGroup("/api/v1/plugins").AddEndpointFilter(new PluginIdFilter());
        PluginQueries.Map(plugins, manager);
        OpenInEditor.Map(plugins, manager);
        new PluginCommands(manager, life).Map(plugins);
        new SessionEndpoints(manager, life, slots, dashboard).Map(routes);
        new EventEndpoints(manager, slots, dashboard).Map(routes);
        DashboardEndpoints.Map(routes, dashboard);
        routes
            .MapGet(
                "/api/v1/openapi.json",
                () =>
                    Results.Stream(
                        typeof(ApiRoutes).Assembly.GetManifestResourceStream("openapi.json")!, "application/json"))
            .ExcludeFromDescription();
    }

    /// <summary>How requests are read: strictly, so that what the host takes is what the sender meant.</summary>
    public static void Configure(JsonOptions json)
    {
        var options = json.SerializerOptions;
        options.PropertyNamingPolicy = WireJson.Options.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = true;
        options.RespectNullableAnnotations = true;
        options.Converters.Add(WireJson.Options.Converters[0]);
        options.NumberHandling = JsonNumberHandling.Strict;
        options.TypeInfoResolverChain.Insert(0, WireJson.Options.TypeInfoResolver!);
    }
}
