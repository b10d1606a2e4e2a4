using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>The dev host itself.</summary>
internal static class HostEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, HostLife life, string token)
    {
        routes
            .MapGet(
                HostProof.Path,
                (string nonce, HttpContext context) =>
                    nonce.Length == HostProof.NonceLength
                        ? Results.Text(HostProof.Of(token, nonce, context.Connection.LocalPort))
                        : Problems.Malformed($"The nonce has {HostProof.NonceLength} characters."))
            .ForAnyone()
            .WithName("prove")
            .WithSummary(
                "Proves to be the dev host of the token file, before it is sent the token: the HMAC-SHA256 with the "
                    + "token as its key of 'omniview-plugin-dev PORT NONCE', in hexadecimal digits. Needs no token.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        // null: on its way out, look for the next
        routes.MapGet("/api/v1/version", () => Results.Json(life.Touch() ? Self : null, WireJson.Options))
            .ForDashboard().WithName("getVersion").WithSummary("Which dev host this is; null when it is ending.")
                .Produces<HostVersion>();
        routes.MapPost("/api/v1/shutdown", () =>
        {
            life.End();
            return Results.Json(Self, WireJson.Options, statusCode: StatusCodes.Status202Accepted);
        }).WithName("shutdown").WithSummary(
            "Stops every plugin, then the dev host; the process named in the answer is gone when that is done.")
            .Produces<HostVersion>(StatusCodes.Status202Accepted);
    }

    private static HostVersion Self =>
        new(HostVersion.Own, ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks);
}
