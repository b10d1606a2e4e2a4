using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>The page, the links that lead to it, and how it gets in.</summary>
internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, DashboardLogin login)
    {
        foreach (var path in DashboardFiles.Paths)
        {
            routes.MapGet(path, DashboardFiles.WriteAsync).ExcludeFromDescription().ForAnyone();
        }

        routes.MapPost(
            "/api/v1/dashboard/links", (HttpContext context, string? plugin) => NewLink(login, context, plugin))
            .WithName("createDashboardLink")
            .WithSummary("A link that lets one browser into the dashboard, once, and a file that leads there.")
            .Produces<DashboardLink>(StatusCodes.Status201Created);
        routes.MapPost("/api/v1/dashboard/logins", (LoginRequest request) => LogIn(login, request)).ForAnyone()
            .WithName("logInToDashboard")
            .WithSummary("Gives the page, for the token of its link, the bearer token it goes on with.")
            .Produces<LoggedIn>().Produces<HostProblem>(StatusCodes.Status401Unauthorized, Problems.ContentType);
    }

    private static IResult NewLink(DashboardLogin login, HttpContext context, string? plugin)
    {
        var link = login.NewLinkInFile(context.Connection.LocalPort, plugin);
        return Results.Json(link, WireJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static IResult LogIn(DashboardLogin login, LoginRequest request) =>
        login.Exchange(request.Token) is { } secret
            ? Results.Json(new LoggedIn(secret), WireJson.Options)
            : Problems.LinkUsedUp();
}
