using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.DevServer.Dashboard;
using Omniview.Plugin.DevServer.Hosting;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>The dev host itself.</summary>
internal static class HostEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, HostLife life)
    {
        routes.MapGet("/api/v1/version", () => Results.Json(life.Touch() ? Self : null, WireJson.Options)) // null: on its way out, look for the next
            .ForDashboard().WithName("getVersion").WithSummary("Which dev host this is; null when it is ending.").Produces<HostVersion>();
        routes.MapPost("/api/v1/shutdown", () =>
        {
            life.End();
            return Results.Json(Self, WireJson.Options, statusCode: StatusCodes.Status202Accepted);
        }).WithName("shutdown").WithSummary("Stops every plugin, then the dev host; the process named in the answer is gone when that is done.").Produces<HostVersion>(StatusCodes.Status202Accepted);
    }

    private static HostVersion Self => new(HostVersion.Own, ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks);
}
