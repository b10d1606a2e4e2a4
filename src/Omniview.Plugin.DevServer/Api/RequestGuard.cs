using System.Security.Cryptography;
using System.Text;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// Lets only this host's own clients in. Web pages can reach 127.0.0.1 too, so every request must name our own address
/// as Host (DNS rebinding), come from no page or from our own (Origin), and carry the token.
/// </summary>
internal sealed class RequestGuard(string token)
{
    private readonly byte[] _expected = Encoding.ASCII.GetBytes($"Bearer {token}");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var own = $"127.0.0.1:{context.Connection.LocalPort}";
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.Host.Value != own)
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "This dev host answers only to its own address.").ConfigureAwait(false);
        }
        else if (context.Request.Headers.Origin is { Count: > 0 } origin && origin.ToString() != $"http://{own}")
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Pages of other origins have no access.").ConfigureAwait(false);
        }
        else if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), _expected))
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "A bearer token is needed; it is in the token file named in the dev host's record.").ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }
    }
}
