using Omniview.Plugin.Core.Hosting;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>The page, and the links that lead to it.</summary>
internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, DashboardLogin login)
    {
        foreach (var path in DashboardFiles.Paths)
        {
            routes.MapGet(path, context => context.Request.Query.ContainsKey("t") ? ToCleanAddress(context) : DashboardFiles.WriteAsync(context)).ExcludeFromDescription().ForDashboard();
        }

        routes.MapPost("/api/v1/dashboard/links", (HttpContext context) =>
                Results.Json(new DashboardLink(login.NewLink(context.Connection.LocalPort).AbsoluteUri, login.IsWatched), WireJson.Options, statusCode: StatusCodes.Status201Created))
            .WithName("createDashboardLink").WithSummary("A link that lets one browser into the dashboard, once.").Produces<DashboardLink>(StatusCodes.Status201Created);
    }

    /// <summary>Who is logged in and follows another link needs none.</summary>
    private static Task ToCleanAddress(HttpContext context)
    {
        DashboardLogin.Redirect(context);
        return Task.CompletedTask;
    }
}
